import { useQueryClient } from "@tanstack/react-query";
import type { ManyChange, Task, TaskChanges } from "@taskbridge/contract";
import { useMemo, useRef } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { failureText } from "../trpc/failure-text.ts";
import { isWorthTryingAgain } from "../trpc/try-again.ts";
import { readAll } from "./bulk/read-all.ts";
import type { ManyChanges } from "./bulk/use-many-changes.ts";
import { cachedTask } from "./cache.ts";
import {
  type Act,
  type Change,
  draftTask,
  finalStates,
  inverseOf,
  isLocal,
  type NewTask,
  newId,
} from "./model/change.ts";
import { matches, withTasks } from "./model/listing.ts";
import { actOf, concerns, countOf, type ManyStep, undoing } from "./model/many.ts";
import { isOvertaken, type Step, undoneOf } from "./model/step.ts";
import type { ListQuery } from "./model/view.ts";
import { nameOf, undoToastOf } from "./names.ts";
import { useAliases, useOutbox } from "./outbox/provider.tsx";

/** How many steps can be taken back. */
const MAX_UNDO = 50;
/** How many changes at once the outbox takes: more are made without it, and not while offline. */
const MAX_QUEUED = 100;

export type TaskActions = ReturnType<typeof useTaskActions>;

/** All that can be done to tasks: shown at once, sent in its order, told, and undone with `undo`. */
export function useTaskActions({ run }: Pick<ManyChanges, "run">) {
  const outbox = useOutbox();
  const aliases = useAliases();
  const queryClient = useQueryClient();
  const { client } = trpc.useUtils();
  const toasts = useToasts();
  const announce = useAnnounce();
  const t = useT();
  const done = useRef<Step[]>([]);

  return useMemo(() => {
    /** The task as this page shows it. */
    function present(id: string): Task | undefined {
      const changes = outbox.state().changes.filter(({ task }) => task.id === id);
      const cached = cachedTask(queryClient, id);
      return finalStates(changes, () => cached).get(id) ?? cached;
    }

    function remember(changes: readonly Change[], made: readonly ManyStep[] = []): Step {
      const step = { toast: undoToastOf(changes[0]) ?? `undo-${newId()}`, changes, made };
      done.current = [...done.current.slice(1 - MAX_UNDO), step];
      return step;
    }

    const act = (acts: readonly Act[]): Step => remember(outbox.add(acts));

    function takeBack(step: Step) {
      done.current = done.current.filter((other) => other !== step);
      toasts.dismiss(step.toast);
      const acts = step.changes.map((change): Act => {
        const id = aliases.idOf(change.task.id);
        const known: Change = { ...change, task: { ...change.task, id } };
        return inverseOf(known, present(id));
      });
      outbox.add(acts.reverse());
      const { key, tasks } = undoneOf(step);
      const told = key ? tell(tasks, key) : t("tasks.undone");
      if (step.made.length > 0) void makeMany(step.made.flatMap(undoing), () => announce(told));
      else announce(told);
      if (key === "tasks.deleted") dismissOvertaken(tasks, "gone");
    }

    /** Says it where it is seen and heard, with the way back. */
    function tellUndoable(text: string, step: Step) {
      toasts.show({
        id: step.toast,
        text,
        action: { label: t("tasks.undo"), onPress: () => takeBack(step) },
      });
    }

    /** Messages go that offer to take back what cannot be any more: their tasks are gone, or are back. */
    function dismissOvertaken(tasks: readonly Task[], now: "gone" | "back") {
      const ids = new Set(tasks.map(({ id }) => aliases.idOf(id)));
      for (const step of done.current) {
        if (!isOvertaken(step, (id) => ids.has(aliases.idOf(id)), now)) continue;
        toasts.dismiss(step.toast);
        if (now === "back") done.current = done.current.filter((other) => other !== step);
      }
    }

    const tell = (
      tasks: readonly Task[],
      one: "tasks.deleted" | "tasks.completed" | "tasks.reopened" | "tasks.restored",
    ) =>
      tasks.length === 1 && tasks[0]
        ? t(one, { title: nameOf(tasks[0]) })
        : t(`${one}Many`, { count: tasks.length });

    function tellChange({ completed, deleted }: ManyChange, tasks: readonly Task[]) {
      if (deleted !== undefined) return tell(tasks, deleted ? "tasks.deleted" : "tasks.restored");
      if (completed !== undefined) {
        return tell(tasks, completed ? "tasks.completed" : "tasks.reopened");
      }
      return t("tasks.changedMany", { count: tasks.length });
    }

    /** Without the outbox: for more than that takes. */
    async function makeMany(steps: readonly ManyStep[], onMade: (made: ManyStep[]) => void) {
      const { sent, left, failure } = await run(steps);
      if (countOf(sent) > 0) onMade(sent);
      if (!failure) return;
      const text = t("bulk.stopped", {
        count: countOf(left),
        reason: failureText(failure, t),
      });
      const onPress = () => void makeMany(left, onMade);
      toasts.show({
        text,
        tone: "danger",
        timeout: 0,
        ...(isWorthTryingAgain(failure) && { action: { label: t("error.retry"), onPress } }),
      });
    }

    /** One change to many tasks; those that are as it wants them stay as they are. */
    function change(tasks: readonly Task[], what: ManyChange) {
      const all = tasks.filter((task) => concerns(what, task));
      if (all.length === 0) return;
      const waiting = new Set(outbox.state().changes.map(({ task }) => task.id));
      const isQueued = ({ id }: Task) => all.length <= MAX_QUEUED || isLocal(id) || waiting.has(id);
      const queued = all.filter(isQueued);
      const atOnce = all.filter((task) => !isQueued(task));
      const changes = queued.length > 0 ? outbox.add(queued.map((task) => actOf(what, task))) : [];
      if (what.deleted) dismissOvertaken(all, "gone");
      if (atOnce.length === 0) return tellUndoable(tellChange(what, all), remember(changes));
      if (changes.length > 0) remember(changes);
      void makeMany([{ change: what, tasks: atOnce }], (made) => {
        const step = remember([], made);
        tellUndoable(
          tellChange(
            what,
            made.flatMap(({ tasks }) => tasks),
          ),
          step,
        );
      });
    }

    return {
      /** Where the list that is shown does not have it, the message is seen, too. */
      create: (task: NewTask, shown: ListQuery) => {
        const draft = draftTask(task, new Date());
        const step = act([{ kind: "create", task: draft }]);
        const text = t("tasks.added", { title: nameOf(task) });
        if (matches(draft, shown)) announce(text);
        else tellUndoable(text, step);
      },
      /** Changes to a task as it was when the change was thought of. */
      update: (task: Task, changes: TaskChanges) => {
        act([{ kind: "update", task, changes }]);
        announce(t("tasks.saved", { title: changes.title ?? nameOf(task) }));
      },
      change,
      setCompleted: (tasks: readonly Task[], completed: boolean) => change(tasks, { completed }),
      remove: (tasks: readonly Task[]) => change(tasks, { deleted: true }),
      /** Deletes all that is completed, in whichever list. */
      clearCompleted: async () => {
        try {
          const query: ListQuery = { status: "completed", sort: "created" };
          const read = await readAll(client, query);
          const byId = new Map(read.map((task) => [task.id, task]));
          const states = finalStates(outbox.state().changes, (id) => byId.get(id));
          const tasks = withTasks(read, states, { query, complete: true });
          if (tasks.length === 0) announce(t("tasks.empty.completed"));
          change(tasks, { deleted: true });
        } catch (error) {
          toasts.show({ text: failureText(failureOf(error), t), tone: "danger" });
        }
      },
      restore: (tasks: readonly Task[]) => {
        dismissOvertaken(tasks, "back");
        act(tasks.map((task): Act => ({ kind: "restore", task })));
        announce(tell(tasks, "tasks.restored"));
      },
      undo: () => {
        const last = done.current.at(-1);
        if (last) takeBack(last);
        else announce(t("tasks.nothingToUndo"));
      },
    };
  }, [outbox, aliases, queryClient, client, run, toasts, announce, t]);
}
