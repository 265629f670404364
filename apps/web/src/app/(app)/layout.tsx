import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { cookieNames, themeOf } from "../../preferences/preferences.ts";
import { currentSession } from "../../session.ts";
import { AppShell } from "../../shell/app-shell.tsx";
import { currentStrings } from "../../strings/server.ts";
import { TrpcProvider } from "../../trpc/provider.tsx";

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (!session) redirect("/sign-in?next=/tasks");
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
