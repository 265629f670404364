import type { Task } from "@taskbridge/contract";
import { useMemo } from "react";
import { groupStarts } from "../model/groups.ts";
import { useToday } from "../use-today.tsx";
import { useView } from "../use-view.ts";

const noTasks: readonly Task[] = [];

/** Which of the shown tasks begin a group, and which. */
export function useGroups(tasks: readonly Task[] = noTasks) {
  const { view, sort } = useView().state;
  const today = useToday();
  return useMemo(() => groupStarts(tasks, { view, sort }, today), [tasks, view, sort, today]);
}
