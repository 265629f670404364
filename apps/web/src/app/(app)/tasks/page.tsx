import type { Metadata } from "next";
import { cookies } from "next/headers";
import { cookieNames, timeZoneOf } from "../../../preferences/preferences.ts";
import { currentStrings } from "../../../strings/server.ts";
import { dayIn } from "../../../tasks/model/days.ts";
import { TaskPage } from "../../../tasks/task-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("tasks.title") };
}

export default async function TasksPage() {
  const timeZone = timeZoneOf((await cookies()).get(cookieNames.timeZone)?.value);
  return <TaskPage today={dayIn(timeZone, new Date())} />;
}
