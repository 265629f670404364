"use client";

import { MAX_TAGS } from "@taskbridge/contract/rules";
import { CalendarDays, Check, ListChecks, Tag, Trash2, Undo2, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../components/button.tsx";
import { lazyPart } from "../components/lazy-part.tsx";
import { DialogFallback } from "../loading/part-dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { usePageCommands } from "./page-context.tsx";
import type { Selection } from "./use-selection.ts";

export const BulkTagDialog = lazyPart(
  () => import("./bulk-dialogs.tsx").then((m) => m.BulkTagDialog),
  DialogFallback,
);
export const BulkDateDialog = lazyPart(
  () => import("./bulk-dialogs.tsx").then((m) => m.BulkDateDialog),
  DialogFallback,
);

/** What can be done to all that are selected; stays in sight at the bottom of the page. */
export function BulkBar({ selection }: { selection: Selection }) {
  const t = useT();
  const { actions } = usePageCommands();
  const [dialog, setDialog] = useState<"tag" | "date">();
  const { tasks, clear, all } = selection;

  const finish = (work: () => void) => () => {
    work();
    clear();
  };
  const allCompleted = tasks.length > 0 && tasks.every(({ completed }) => completed);
  const none = tasks.length === 0;
  return (
    <section
      aria-label={t("bulk.region")}
      data-keeps-row
      data-stays-below
      className="sticky bottom-3 z-20 mx-auto mt-4 flex max-w-max flex-wrap items-center justify-center rounded-card border border-line bg-surface p-1 shadow-lifted print:hidden"
    >
      <p
        role="status"
        className="px-3 text-center text-sm font-medium tabular-nums max-sm:w-full max-sm:pt-1"
      >
        {t("bulk.count", { count: tasks.length })}
      </p>
      <Action label={t("bulk.all")} onPress={all}>
        <ListChecks aria-hidden size={20} />
      </Action>
      <Action
        label={t(allCompleted ? "bulk.reopen" : "bulk.complete")}
        disabled={none}
        onPress={finish(() => actions.setCompleted(tasks, !allCompleted))}
      >
        {allCompleted ? <Undo2 aria-hidden size={20} /> : <Check aria-hidden size={20} />}
      </Action>
      <Action label={t("bulk.tag")} disabled={none} onPress={() => setDialog("tag")}>
        <Tag aria-hidden size={20} />
      </Action>
      <Action label={t("bulk.date")} disabled={none} onPress={() => setDialog("date")}>
        <CalendarDays aria-hidden size={20} />
      </Action>
      <Action
        label={t("bulk.delete")}
        disabled={none}
        onPress={finish(() => actions.remove(tasks))}
      >
        <Trash2 aria-hidden size={20} className="text-danger" />
      </Action>
      <Action label={t("bulk.clear")} onPress={clear}>
        <X aria-hidden size={20} />
      </Action>
      {dialog === "tag" && (
        <BulkTagDialog
          onClose={() => setDialog(undefined)}
          onTag={(tag, add) => finish(() => actions.updateMany(tasks, tagging(tag, add)))()}
        />
      )}
      {dialog === "date" && (
        <BulkDateDialog
          onClose={() => setDialog(undefined)}
          onDate={(dueDate) =>
            finish(() =>
              actions.updateMany(tasks, (task) => (task.dueDate === dueDate ? null : { dueDate })),
            )()
          }
        />
      )}
    </section>
  );
}

/** The change that gives a task a tag or takes it away; null where it has it, or has it not. */
const tagging =
  (tag: string, add: boolean) =>
  ({ tags }: { tags: string[] }) => {
    if (tags.includes(tag) === add || (add && tags.length >= MAX_TAGS)) return null;
    return { tags: add ? [...tags, tag] : tags.filter((other) => other !== tag) };
  };

interface ActionProps {
  label: string;
  onPress: () => void;
  disabled?: boolean;
  children: ReactNode;
}

function Action({ label, onPress, disabled = false, children }: ActionProps) {
  return (
    <IconButton label={label} onClick={onPress} disabled={disabled} className="disabled:opacity-40">
      {children}
    </IconButton>
  );
}
