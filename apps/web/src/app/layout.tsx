import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { cookieNames, themeOf } from "../preferences/preferences.ts";
import { StringsProvider } from "../strings/provider.tsx";
import { currentStrings } from "../strings/server.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentStrings();
  return {
    title: { default: "Taskbridge", template: "%s · Taskbridge" },
    description: t("app.description"),
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request, because its scripts carry the nonce of that one's policy.
  await connection();
  const { language, locale, dictionary } = await currentStrings();
  const theme = themeOf((await cookies()).get(cookieNames.theme)?.value);
  return (
    <html lang={language} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <StringsProvider {...{ language, locale, dictionary }}>{children}</StringsProvider>
      </body>
    </html>
  );
}
