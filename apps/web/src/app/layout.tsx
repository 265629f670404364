import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { ComposingKeys } from "../components/composing-keys.tsx";
import { BeforeHydrationScript, LoadingNotices } from "../loading/before-hydration-script.tsx";
import { buildId } from "../loading/build-id.ts";
import { HydrationEnd } from "../loading/hydration-end.tsx";
import { viewerTheme } from "../preferences/server.ts";
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

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  // A phone's keyboard takes its room from the page: dialogs and bars stay above it.
  interactiveWidget: "resizes-content",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request, because its scripts carry the nonce of that one's policy.
  await connection();
  const { language, locale, dictionary, t } = await currentStrings();
  const theme = await viewerTheme();
  return (
    <html
      lang={language}
      data-theme={theme === "system" ? undefined : theme}
      data-build={await buildId()}
    >
      <head>
        <BeforeHydrationScript />
      </head>
      <body>
        <ComposingKeys />
        <StringsProvider {...{ language, locale, dictionary }}>{children}</StringsProvider>
        <LoadingNotices t={t} />
        <HydrationEnd />
      </body>
    </html>
  );
}
