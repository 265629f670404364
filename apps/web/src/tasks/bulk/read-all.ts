import type { AppRouter } from "@taskbridge/api";
import type { Task } from "@taskbridge/contract";
import type { TRPCClient } from "@trpc/client";
import { type ListQuery, listInput } from "../model/view.ts";

/** Every task of a list, as the server has it. */
export async function readAll(
  { task: api }: Pick<TRPCClient<AppRouter>, "task">,
  query: ListQuery,
): Promise<Task[]> {
  const tasks: Task[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await api.list.query({ ...listInput(query), ...(cursor && { cursor }) });
    tasks.push(...page.items);
    cursor = page.nextCursor;
  }
  return tasks;
}
