import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { viewerTime } from "../../../preferences/server.ts";
import { currentStrings } from "../../../strings/server.ts";
import { readFirst } from "../../../tasks/first-read.ts";
import { TaskPage } from "../../../tasks/task-page.tsx";
import { viewParams } from "../../../tasks/view-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("tasks.title") };
}

const loadView = createLoader(viewParams);

export default async function TasksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const time = await viewerTime();
  const first = await readFirst(await loadView(searchParams), time.serverDay);
  return <TaskPage {...time} first={first} />;
}
