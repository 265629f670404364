import { useQueryClient } from "@tanstack/react-query";
import type { Task } from "@taskbridge/contract";
import { useMemo, useRef } from "react";
import { useAnnounce } from "../components/announcer.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import type { MakeMany } from "./bulk/use-make-many.ts";
import { cachedTask } from "./cache.ts";
import { type Act, type Change, finalStates, inverseOf, isLocal, newId } from "./model/change.ts";
import { type ManyStep, undoing } from "./model/many.ts";
import { isOvertaken, type Step, undoneOf } from "./model/step.ts";
import { undoToastOf } from "./names.ts";
import { useAliases, useOutbox } from "./outbox/provider.tsx";
import { told } from "./told.ts";

/** How many steps can be taken back. */
const MAX_UNDO = 50;

/** What was done on this page, the last at the end, and the ways back. */
export function useSteps(makeMany: MakeMany) {
  const outbox = useOutbox();
  const aliases = useAliases();
  const queryClient = useQueryClient();
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

    /** A task that was created here, by now: undone before it was sent, it is nowhere; in no list, it is as it was made. */
    function latest(created: Task): Task | undefined {
      const id = aliases.idOf(created.id);
      return present(id) ?? (isLocal(id) ? undefined : { ...created, id });
    }

    function remember(changes: readonly Change[], made: readonly ManyStep[] = []): Step {
      const step = { toast: undoToastOf(changes[0]) ?? `undo-${newId()}`, changes, made };
      done.current = [...done.current.slice(1 - MAX_UNDO), step];
      return step;
    }

    const forget = (step: Step) => {
      done.current = done.current.filter((other) => other !== step);
      toasts.dismiss(step.toast);
    };

    function takeBack(step: Step) {
      forget(step);
      const inConflict = outbox
        .state()
        .conflicts.filter((conflict) => step.changes.some(({ id }) => id === conflict.change.id));
      for (const conflict of inConflict) outbox.settle(conflict);
      const settled = inConflict.map(({ change }) => change.id);
      const made = step.changes.filter(({ id }) => !settled.includes(id));
      const acts = made.map((change): Act => {
        const id = aliases.idOf(change.task.id);
        const known: Change = { ...change, task: { ...change.task, id } };
        return inverseOf(known, present(id));
      });
      outbox.add(acts.reverse());
      const { key, tasks } = undoneOf(step);
      const text = key ? told(t, tasks, key) : t("tasks.undone");
      if (step.made.length > 0) void makeMany(step.made.flatMap(undoing), () => announce(text));
      else announce(text);
      if (key === "tasks.deleted") dismissOvertaken(tasks, "gone");
    }

    /** Messages go that offer to take back what cannot be any more: their tasks are gone, or are back. */
    function dismissOvertaken(tasks: readonly Task[], now: "gone" | "back") {
      const ids = new Set(tasks.map(({ id }) => aliases.idOf(id)));
      const isMeant = (id: string) => ids.has(aliases.idOf(id));
      for (const step of done.current.filter((one) => isOvertaken(one, isMeant, now))) {
        if (now === "back") forget(step);
        else toasts.dismiss(step.toast);
      }
    }

    return {
      /** Does it, as one step. */
      act: (acts: readonly Act[]): Step => remember(outbox.add(acts)),
      remember,
      latest,
      /** Says it where it is seen and heard, with the way back. */
      tellUndoable: (text: string, step: Step) =>
        toasts.show({
          id: step.toast,
          text,
          action: { label: t("tasks.undo"), onPress: () => takeBack(step) },
        }),
      dismissOvertaken,
      undo: () => {
        const last = done.current.at(-1);
        if (last) takeBack(last);
        else announce(t("tasks.nothingToUndo"));
      },
    };
  }, [outbox, aliases, queryClient, makeMany, toasts, announce, t]);
}
