import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TaskPage } from "../../../components/task-page.tsx";
import { currentSession } from "../../../session.ts";

export const metadata: Metadata = { title: "Tasks" };

export default async function TasksPage() {
  const session = await currentSession();
  if (!session) redirect("/sign-in?next=/tasks");
  return <TaskPage name={session.user.name} />;
}
