import type { ReactNode } from "react";
import { AddressHint } from "../../components/address-hint.tsx";
import { TextLink } from "../../components/link.tsx";
import { Wordmark } from "../../components/wordmark.tsx";
import { ForgetKept } from "../../offline/forget-all.tsx";
import { services } from "../../services.ts";
import { currentStrings } from "../../strings/server.ts";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const { t } = await currentStrings();
  const { settings } = await services();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center p-4">
      <ForgetKept />
      <div className="mb-6 flex justify-center">
        <Wordmark />
      </div>
      <div className="rounded-card border border-line bg-surface p-6 shadow-xs sm:p-8">
        <AddressHint app={settings.baseUrl} trusted={settings.trustedOrigins} />
        {children}
      </div>
      <p className="mt-2 text-center text-sm">
        <TextLink href="/docs" className="inline-block p-3">
          {t("nav.apiReference")}
        </TextLink>
      </p>
    </main>
  );
}
