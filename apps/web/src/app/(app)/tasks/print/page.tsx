import type { Metadata } from "next";
import { cookies } from "next/headers";
import { cookieNames, timeZoneOf } from "../../../../preferences/preferences.ts";
import { currentStrings } from "../../../../strings/server.ts";
import { dayIn } from "../../../../tasks/model/days.ts";
import { PrintPage } from "../../../../tasks/print-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("transfer.print") };
}

export default async function TasksPrintPage() {
  const timeZone = timeZoneOf((await cookies()).get(cookieNames.timeZone)?.value);
  return <PrintPage today={dayIn(timeZone, new Date())} />;
}
