import type { ManyChange, Task, TaskChanges } from "@taskbridge/contract";
import { useMemo } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import { trpc } from "../trpc/client.ts";
import { failureOf } from "../trpc/failure.ts";
import { failureText } from "../trpc/failure-text.ts";
import { readAll } from "./bulk/read-all.ts";
import { useMakeMany } from "./bulk/use-make-many.ts";
import type { ManyChanges } from "./bulk/use-many-changes.ts";
import { type Act, draftTask, finalStates, isLocal, type NewTask } from "./model/change.ts";
import { matches, withTasks } from "./model/listing.ts";
import { actOf, concerns, type ManyStep } from "./model/many.ts";
import type { ListQuery } from "./model/view.ts";
import { nameOf } from "./names.ts";
import { useOutbox } from "./outbox/provider.tsx";
import { told, toldChange } from "./told.ts";
import { useSteps } from "./use-steps.ts";

/** How many changes at once the outbox takes: more are made without it, and not while offline. */
const MAX_QUEUED = 100;

export type TaskActions = ReturnType<typeof useTaskActions>;

/** All that can be done to tasks: shown at once, sent in its order, told, and undone with `undo`. */
export function useTaskActions(many: Pick<ManyChanges, "run">) {
  const outbox = useOutbox();
  const { client } = trpc.useUtils();
  const toasts = useToasts();
  const announce = useAnnounce();
  const t = useT();
  const makeMany = useMakeMany(many);
  const steps = useSteps(makeMany);

  return useMemo(() => {
    const { act, remember, latest, tellUndoable, dismissOvertaken, undo } = steps;

    /** One change to many tasks; those that are as it wants them stay as they are. */
    function change(tasks: readonly Task[], what: ManyChange) {
      const all = tasks.filter((task) => concerns(what, task));
      if (all.length === 0) return;
      const waiting = new Set(outbox.state().changes.map(({ task }) => task.id));
      const isQueued = ({ id }: Task) => all.length <= MAX_QUEUED || isLocal(id) || waiting.has(id);
      const queued = all.filter(isQueued).map((task) => actOf(what, task));
      const atOnce = all.filter((task) => !isQueued(task));
      if (what.deleted) dismissOvertaken(all, "gone");
      if (atOnce.length === 0) return tellUndoable(toldChange(t, what, all), act(queued));
      const sent = outbox.add(queued);
      const onMade = (made: ManyStep[]) => {
        const changes = sent.splice(0);
        const changed = [...changes.map(({ task }) => task), ...made.flatMap((part) => part.tasks)];
        tellUndoable(toldChange(t, what, changed), remember(changes, made));
      };
      void makeMany([{ change: what, tasks: atOnce }], onMade).then(() => {
        if (sent.length > 0) remember(sent);
      });
    }

    return {
      /** Where the list that is shown does not have it, the message is seen, too. */
      create: (tasks: readonly NewTask[], shown: ListQuery): readonly Task[] => {
        const drafts = tasks.map((task) => draftTask(task, new Date()));
        const step = act(drafts.map((task): Act => ({ kind: "create", task })));
        const [first, ...others] = drafts;
        if (first && others.length === 0) {
          const text = t("tasks.added", { title: nameOf(first) });
          if (matches(first, shown)) announce(text);
          else tellUndoable(text, step);
        } else tellUndoable(t("tasks.addedMany", { count: drafts.length }), step);
        return drafts;
      },
      /** Changes a task that was created here, as it is by now. */
      amend: (created: Task, changes: TaskChanges) => {
        const task = latest(created);
        if (!task) return;
        act([{ kind: "update", task, changes }]);
        announce(t("tasks.saved", { title: changes.title ?? nameOf(task) }));
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
          change(withTasks(read, states, { query, complete: true }), { deleted: true });
        } catch (error) {
          toasts.show({ text: failureText(failureOf(error), t), tone: "danger" });
        }
      },
      restore: (tasks: readonly Task[]) => {
        dismissOvertaken(tasks, "back");
        act(tasks.map((task): Act => ({ kind: "restore", task })));
        announce(told(t, tasks, "tasks.restored"));
      },
      undo,
    };
  }, [outbox, client, steps, makeMany, toasts, announce, t]);
}
