import type { Task } from "@taskbridge/contract";
import { useMemo, useState } from "react";
import { useAliases } from "./outbox/provider.tsx";

interface Edited {
  key: string;
  task: Task;
  index: number;
}

export type Editing = ReturnType<typeof useEditing>;

/** Which tasks are being edited. They stay where they are, even where the list no longer has them. */
export function useEditing(listed: readonly Task[] | undefined) {
  const { keyOf } = useAliases();
  const [edited, setEdited] = useState<readonly Edited[]>([]);
  return useMemo(() => {
    const missing = edited.filter(({ key }) => !listed?.some(({ id }) => keyOf(id) === key));
    const tasks = listed && [...listed];
    for (const { task, index } of missing) tasks?.splice(index, 0, task);
    return {
      tasks,
      keys: new Set(edited.map(({ key }) => key)),
      open: (task: Task) => {
        const key = keyOf(task.id);
        // One that the list does not have comes first.
        const index = Math.max(0, tasks?.findIndex(({ id }) => keyOf(id) === key) ?? 0);
        setEdited((now) => [...now.filter((other) => other.key !== key), { key, task, index }]);
      },
      close: (task: Task) => setEdited((now) => now.filter(({ key }) => key !== keyOf(task.id))),
    };
  }, [listed, edited, keyOf]);
}
