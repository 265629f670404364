"use client";

import type { Task } from "@taskbridge/contract";
import { Button } from "../components/button.tsx";
import { useToasts } from "../components/toast.tsx";
import { useStrings } from "../strings/provider.tsx";
import type { Translate } from "../strings/translate.ts";
import { differing, type Field, unopposed } from "./model/merge.ts";
import { nameOf } from "./names.ts";
import type { Conflict } from "./outbox/outcome.ts";
import { useOutbox, useOutboxState } from "./outbox/provider.tsx";
import { usePageCommands } from "./page-context.tsx";

/** Conflicts of tasks that the shown list does not have, so that none is out of sight. */
export function StrayConflicts({ tasks }: { tasks: readonly Task[] }) {
  const { conflicts } = useOutboxState();
  const stray = conflicts.filter(({ fresh }) => !tasks.some(({ id }) => id === fresh.id));
  return stray.map((conflict) => (
    <section key={conflict.change.id}>
      <h2 dir="auto" className="px-4 pt-2 font-medium wrap-anywhere">
        {conflict.fresh.title}
      </h2>
      <ConflictPanel conflict={conflict} />
    </section>
  ));
}

/** What somebody else made of a task, beside what was made of it here, to choose from. */
export function ConflictPanel({ conflict }: { conflict: Conflict }) {
  const { t } = useStrings();
  const outbox = useOutbox();
  const toasts = useToasts();
  const { actions } = usePageCommands();
  const { change, fresh, clashes, gone } = conflict;

  const applyMine = () => {
    if (gone) actions.restore([fresh]);
    actions.update(fresh, change.changes);
  };
  const keepMine = () => {
    outbox.settle(conflict);
    applyMine();
  };
  const takeTheirs = () => {
    outbox.settle(conflict);
    const rest = unopposed(change.changes, clashes);
    if (!gone && differing(rest, fresh).length > 0) actions.update(fresh, rest);
    toasts.show({
      text: t("drafts.discarded", { title: nameOf(fresh) }),
      action: { label: t("tasks.undo"), onPress: applyMine },
    });
  };
  return (
    <div role="alert" className="border-b border-line bg-calm px-4 py-3 text-sm">
      <p className="font-medium">{t(gone ? "conflict.goneText" : "conflict.text")}</p>
      <ul className="my-1 space-y-1">
        {clashes.map((field) => (
          <li key={field} dir="auto" className="wrap-anywhere">
            {t(gone ? "conflict.goneField" : "conflict.field", {
              field: t(`field.${field}`),
              theirs: written(fresh, field, t),
              mine: written({ ...fresh, ...change.changes }, field, t),
            })}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" onClick={keepMine}>
          {t(gone ? "conflict.restore" : "conflict.keepMine")}
        </Button>
        <Button onClick={takeTheirs}>{t(gone ? "conflict.letGo" : "conflict.takeTheirs")}</Button>
      </div>
    </div>
  );
}

function written(task: Task, field: Field, t: Translate): string {
  switch (field) {
    case "completed":
      return t(task.completed ? "field.completedYes" : "field.completedNo");
    case "priority":
      return t(`priority.${task.priority}`);
    case "tags":
      return task.tags.join(", ") || t("conflict.nothing");
    default:
      return task[field] || t("conflict.nothing");
  }
}
