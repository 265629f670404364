import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OfflineReady } from "../../offline/offline-ready.tsx";
import { workerAddress } from "../../offline/worker-address.ts";
import { ADDRESS_HEADER, signInAt } from "../../page-address.ts";
import { viewerTheme } from "../../preferences/server.ts";
import { currentSession } from "../../session.ts";
import { AppShell } from "../../shell/app-shell.tsx";
import { currentStrings } from "../../strings/server.ts";
import { TrpcProvider } from "../../trpc/provider.tsx";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect(signInAt((await headers()).get(ADDRESS_HEADER) ?? "/tasks"));
  const { t, locale } = await currentStrings();
  const theme = await viewerTheme();
  const { id: userId, name } = session.user;
  return (
    <TrpcProvider userId={userId}>
      <OfflineReady worker={await workerAddress(locale, theme)} userId={userId} name={name} />
      <AppShell userId={userId} name={name} theme={theme} t={t}>
        {children}
      </AppShell>
    </TrpcProvider>
  );
}
