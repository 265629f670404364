"use client";

import type { ManyChange } from "@taskbridge/contract";
import { CalendarDays, Check, Flag, ListChecks, Tag, Trash2, Undo2, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../../components/button.tsx";
import { lazyPart } from "../../components/lazy-part.tsx";
import { DialogFallback } from "../../loading/part-dialog.tsx";
import { useT } from "../../strings/provider.tsx";
import { usePageCommands } from "../page-context.tsx";
import type { Selection } from "../use-selection.ts";

export const BulkTagDialog = lazyPart(
  () => import("./bulk-dialogs.tsx").then((m) => m.BulkTagDialog),
  DialogFallback,
);
export const BulkDateDialog = lazyPart(
  () => import("./bulk-dialogs.tsx").then((m) => m.BulkDateDialog),
  DialogFallback,
);

export const BulkPriorityDialog = lazyPart(
  () => import("./bulk-dialogs.tsx").then((m) => m.BulkPriorityDialog),
  DialogFallback,
);

/** What can be done to all that are selected; stays in sight at the bottom of the page. */
export function BulkBar({ selection }: { selection: Selection }) {
  const t = useT();
  const { actions } = usePageCommands();
  const [dialog, setDialog] = useState<"tag" | "date" | "priority">();
  const { tasks, rest, whole, clear, all } = selection;

  const change = (what: ManyChange) => {
    actions.change(tasks, what);
    clear();
  };
  const allCompleted = tasks.length > 0 && tasks.every(({ completed }) => completed);
  // What is meant is not all there yet.
  const busy = rest === "coming";
  const idle = { disabled: tasks.length === 0, busy };
  const close = () => setDialog(undefined);
  return (
    <section
      aria-label={t("bulk.region")}
      data-keeps-row
      data-stays-below
      className="sticky bottom-3 z-20 mx-auto mt-4 flex max-w-max flex-wrap items-center justify-center rounded-card border border-line bg-surface p-1 shadow-lifted print:hidden"
    >
      <div className="flex items-center max-sm:w-full">
        <p role="status" className="px-3 text-sm font-medium tabular-nums max-sm:grow">
          {t(rest === "none" ? (whole ? "bulk.countAll" : "bulk.count") : rests[rest], {
            count: tasks.length,
          })}
        </p>
        <Action label={t("bulk.all")} busy={busy} onPress={all}>
          <ListChecks aria-hidden size={20} />
        </Action>
        <Action label={t("bulk.clear")} onPress={clear}>
          <X aria-hidden size={20} />
        </Action>
      </div>
      <Action
        label={t(allCompleted ? "bulk.reopen" : "bulk.complete")}
        {...idle}
        onPress={() => change({ completed: !allCompleted })}
      >
        {allCompleted ? <Undo2 aria-hidden size={20} /> : <Check aria-hidden size={20} />}
      </Action>
      <Action label={t("bulk.priority")} {...idle} onPress={() => setDialog("priority")}>
        <Flag aria-hidden size={20} />
      </Action>
      <Action label={t("bulk.tag")} {...idle} onPress={() => setDialog("tag")}>
        <Tag aria-hidden size={20} />
      </Action>
      <Action label={t("bulk.date")} {...idle} onPress={() => setDialog("date")}>
        <CalendarDays aria-hidden size={20} />
      </Action>
      <Action label={t("bulk.delete")} {...idle} onPress={() => change({ deleted: true })}>
        <Trash2 aria-hidden size={20} className="text-danger" />
      </Action>
      {dialog === "priority" && <BulkPriorityDialog onClose={close} onChange={change} />}
      {dialog === "tag" && <BulkTagDialog onClose={close} onChange={change} />}
      {dialog === "date" && <BulkDateDialog onClose={close} onChange={change} />}
    </section>
  );
}

const rests = { coming: "bulk.coming", failed: "bulk.partly" } as const;

interface ActionProps {
  label: string;
  onPress: () => void;
  disabled?: boolean;
  busy?: boolean;
  children: ReactNode;
}

const Action = ({ onPress, ...button }: ActionProps) => (
  <IconButton onClick={onPress} className="disabled:opacity-40" {...button} />
);
