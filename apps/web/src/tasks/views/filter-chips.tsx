"use client";

import type { Task } from "@taskbridge/contract";
import { X } from "lucide-react";
import { useT } from "../../strings/provider.tsx";
import { FILTERS_BUTTON_ID } from "../filter-bar.tsx";
import { totalIn } from "../model/counting.ts";
import type { ViewState } from "../model/view.ts";
import { useCounts } from "../use-counts.ts";
import { useView } from "../use-view.ts";
import { isFiltered } from "../view-name.ts";

interface FilterChipsProps {
  /** Undefined while they are on their way. */
  tasks: readonly Task[] | undefined;
  /** Whether these are all that match. */
  whole: boolean;
  /** Whether the rest cannot be had now. */
  away: boolean;
}

/** What is left out of the list, to be taken back one by one, and how many tasks that leaves. */
export function FilterChips({ tasks, whole, away }: FilterChipsProps) {
  const t = useT();
  const { state, show } = useView();
  const counts = useCounts();
  if (!isFiltered(state)) return null;
  const { priority, tag, view } = state;

  const chips: { name: string; without: Partial<ViewState> }[] = [];
  if (priority)
    chips.push({
      name: t("priority.badge", { priority: t(`priority.${priority}`) }),
      without: { priority: null },
    });
  if (tag) chips.push({ name: `#${tag}`, without: { tag: null } });
  const remove = (without: Partial<ViewState>) => {
    show(without);
    document.getElementById(FILTERS_BUTTON_ID)?.focus();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 print:hidden">
      {chips.length > 0 && (
        <ul aria-label={t("filter.active")} className="flex min-w-0 flex-wrap gap-1.5">
          {chips.map(({ name, without }) => (
            <li
              key={name}
              className="flex min-w-0 items-center rounded-full bg-chosen ps-3 text-sm text-accent"
            >
              <span dir="auto" className="min-w-0 wrap-anywhere">
                {name}
              </span>
              <button
                type="button"
                aria-label={t("filter.remove", { name })}
                className="grid size-11 shrink-0 place-items-center rounded-full"
                onClick={() => remove(without)}
              >
                <X aria-hidden size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="px-1 text-sm text-muted">
        {tasks && shownOf(tasks.length, counts && totalIn(counts, view))}
      </p>
    </div>
  );

  function shownOf(count: number, total: number | undefined) {
    const isUnknown = !whole && away;
    if (isUnknown || total === undefined || total < count) return t("tasks.shown", { count });
    return t(whole ? "filter.shown" : "filter.moreThan", { count, total });
  }
}
