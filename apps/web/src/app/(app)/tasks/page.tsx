import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { viewerTime } from "../../../preferences/server.ts";
import { currentStrings } from "../../../strings/server.ts";
import { readFirst } from "../../../tasks/first-read.ts";
import { TaskPage } from "../../../tasks/task-page.tsx";
import { viewName } from "../../../tasks/view-name.ts";
import { viewParams } from "../../../tasks/view-params.ts";

const loadView = createLoader(viewParams);

interface Props {
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: viewName((await currentStrings()).t, await loadView(searchParams)) };
}

export default async function TasksPage({ searchParams }: Props) {
  const time = await viewerTime();
  const first = await readFirst(await loadView(searchParams), time.serverDay);
  return <TaskPage {...time} first={first} />;
}
