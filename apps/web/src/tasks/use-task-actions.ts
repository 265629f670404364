import { useQueryClient } from "@tanstack/react-query";
import type { Task, TaskChanges } from "@taskbridge/contract";
import { useMemo, useRef } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { cachedTask } from "./cache.ts";
import {
  type Act,
  type Change,
  draftTask,
  finalStates,
  inverseOf,
  isLocal,
  type NewTask,
} from "./model/change.ts";
import { matches } from "./model/listing.ts";
import type { ListQuery } from "./model/view.ts";
import { nameOf, undoToastOf } from "./names.ts";
import { useAliases, useOutbox } from "./outbox/provider.tsx";

/** How many steps can be taken back. */
const MAX_UNDO = 50;

export type TaskActions = ReturnType<typeof useTaskActions>;

/** All that can be done to tasks: shown at once, sent in its order, told, and undone with `undo`. */
export function useTaskActions() {
  const outbox = useOutbox();
  const aliases = useAliases();
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const announce = useAnnounce();
  const t = useT();
  const done = useRef<Change[][]>([]);

  return useMemo(() => {
    /** The task as this page shows it. */
    function present(id: string): Task | undefined {
      const changes = outbox.state().changes.filter(({ task }) => task.id === id);
      const cached = cachedTask(queryClient, id);
      return finalStates(changes, () => cached).get(id) ?? cached;
    }

    function act(acts: readonly Act[]): Change[] {
      const changes = outbox.add(acts);
      done.current = [...done.current.slice(1 - MAX_UNDO), changes];
      return changes;
    }

    function takeBack(changes: readonly Change[]) {
      done.current = done.current.filter((entry) => entry !== changes);
      const acts = changes.map((change): Act => {
        const id = aliases.idOf(change.task.id);
        const known: Change = { ...change, task: { ...change.task, id } };
        return inverseOf(known, present(id));
      });
      outbox.add(acts.reverse());
      announce(t("tasks.undone"));
    }

    /** Says it where it is seen and heard, with the way back. */
    function tellUndoable(text: string, changes: readonly Change[]) {
      toasts.show({
        id: undoToastOf(changes[0]),
        text,
        action: { label: t("tasks.undo"), onPress: () => takeBack(changes) },
      });
    }

    const told = (
      tasks: readonly Task[],
      one: "tasks.deleted" | "tasks.completed" | "tasks.reopened" | "tasks.restored",
    ) =>
      tasks.length === 1 && tasks[0]
        ? t(one, { title: nameOf(tasks[0]) })
        : t(`${one}Many`, { count: tasks.length });

    return {
      /** Where the list that is shown does not have it, the message is seen, too. */
      create: (tasks: readonly NewTask[], shown: ListQuery): readonly Task[] => {
        const drafts = tasks.map((task) => draftTask(task, new Date()));
        const changes = act(drafts.map((task): Act => ({ kind: "create", task })));
        const [first, ...others] = drafts;
        if (first && others.length === 0) {
          const text = t("tasks.added", { title: nameOf(first) });
          if (matches(first, shown)) announce(text);
          else tellUndoable(text, changes);
        } else tellUndoable(t("tasks.addedMany", { count: drafts.length }), changes);
        return drafts;
      },
      /** Changes a task that was created here, as it is by now. */
      amend: (created: Task, changes: TaskChanges) => {
        const id = aliases.idOf(created.id);
        const now = present(id);
        // Undone before it was sent, it is nowhere.
        if (!now && isLocal(id)) return;
        // Sent, and in no list that this page has, it is as it was made.
        const task = now ?? { ...created, id };
        act([{ kind: "update", task, changes }]);
        announce(t("tasks.saved", { title: changes.title ?? nameOf(task) }));
      },
      /** Changes to a task as it was when the change was thought of. */
      update: (task: Task, changes: TaskChanges) => {
        act([{ kind: "update", task, changes }]);
        announce(t("tasks.saved", { title: changes.title ?? nameOf(task) }));
      },
      /** The changes are made for each task; one that needs none has null. */
      updateMany: (tasks: readonly Task[], changesOf: (task: Task) => TaskChanges | null) => {
        const acts = tasks.flatMap((task): Act[] => {
          const changes = changesOf(task);
          return changes ? [{ kind: "update", task, changes }] : [];
        });
        if (acts.length === 0) return;
        tellUndoable(t("tasks.changedMany", { count: acts.length }), act(acts));
      },
      setCompleted: (tasks: readonly Task[], completed: boolean) => {
        const other = tasks.filter((task) => task.completed !== completed);
        if (other.length === 0) return;
        const acts = other.map((task): Act => ({ kind: "update", task, changes: { completed } }));
        tellUndoable(told(other, completed ? "tasks.completed" : "tasks.reopened"), act(acts));
      },
      remove: (tasks: readonly Task[]) => {
        if (tasks.length === 0) return;
        const acts = tasks.map((task): Act => ({ kind: "delete", task }));
        tellUndoable(told(tasks, "tasks.deleted"), act(acts));
      },
      restore: (tasks: readonly Task[]) => {
        // A message that still offers to undo their deletion offers what has been done.
        const restored = new Set(tasks.map(({ id }) => id));
        const isRestored = ({ kind, task }: Change) =>
          kind === "delete" && restored.has(aliases.idOf(task.id));
        for (const changes of done.current) {
          const toast = undoToastOf(changes[0]);
          if (toast && changes.every(isRestored)) toasts.dismiss(toast);
        }
        act(tasks.map((task): Act => ({ kind: "restore", task })));
        announce(told(tasks, "tasks.restored"));
      },
      undo: () => {
        const last = done.current.at(-1);
        if (last) takeBack(last);
        else announce(t("tasks.nothingToUndo"));
      },
    };
  }, [outbox, aliases, queryClient, toasts, announce, t]);
}
