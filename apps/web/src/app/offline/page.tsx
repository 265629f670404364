import type { Metadata } from "next";
import { OfflinePage } from "../../offline/offline-page.tsx";
import { workerAddress } from "../../offline/worker-address.ts";
import { viewerTheme, viewerTime } from "../../preferences/server.ts";
import { currentStrings } from "../../strings/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("tasks.title") };
}

/** What the worker keeps: it asks for no session, so nobody's data can be in it. */
export default async function Offline() {
  const { locale } = await currentStrings();
  const theme = await viewerTheme();
  const worker = await workerAddress(locale, theme);
  return <OfflinePage {...(await viewerTime())} theme={theme} worker={worker} />;
}
