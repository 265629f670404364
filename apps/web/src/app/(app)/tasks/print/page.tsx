import type { Metadata } from "next";
import { viewerTime } from "../../../../preferences/server.ts";
import { currentStrings } from "../../../../strings/server.ts";
import { PrintPage } from "../../../../tasks/print-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("transfer.print") };
}

export default async function TasksPrintPage() {
  return <PrintPage {...(await viewerTime())} />;
}
