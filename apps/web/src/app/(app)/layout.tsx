import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ADDRESS_HEADER, signInAt } from "../../page-address.ts";
import { cookieNames, themeOf } from "../../preferences/preferences.ts";
import { currentSession } from "../../session.ts";
import { AppShell } from "../../shell/app-shell.tsx";
import { currentStrings } from "../../strings/server.ts";
import { TrpcProvider } from "../../trpc/provider.tsx";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect(signInAt((await headers()).get(ADDRESS_HEADER) ?? "/tasks"));
  const { t } = await currentStrings();
  const theme = themeOf((await cookies()).get(cookieNames.theme)?.value);
  return (
    <TrpcProvider userId={session.user.id}>
      <AppShell userId={session.user.id} name={session.user.name} theme={theme} t={t}>
        {children}
      </AppShell>
    </TrpcProvider>
  );
}
