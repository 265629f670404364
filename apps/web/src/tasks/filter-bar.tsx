"use client";

import { defaultOrder, priorities, taskSorts } from "@taskbridge/contract/rules";
import { ArrowDownUp, SlidersHorizontal } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";
import { IconButton } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { sortIn, sortsIn } from "./model/view.ts";
import { SearchBox } from "./search-box.tsx";
import { useCounts } from "./use-counts.ts";
import { useView } from "./use-view.ts";

export const FILTERS_BUTTON_ID = "filters";

/** Search, and behind a button what to leave out and how to sort; all of it in the address. */
export function FilterBar() {
  const t = useT();
  const { state, show } = useView();
  const counts = useCounts();
  const { priority, tag, sort, order } = state;
  const [open, setOpen] = useState(Boolean(sort || order));
  const id = useId();

  const sorted = sortIn(state);
  const shownOrder = order ?? defaultOrder(sorted);
  const reverse = () => {
    const other = shownOrder === "asc" ? "desc" : "asc";
    show({ order: other === defaultOrder(sorted) ? null : other });
  };
  return (
    <div className="print:hidden">
      <div className="flex items-center gap-1">
        <SearchBox />
        <IconButton
          id={FILTERS_BUTTON_ID}
          label={t("filter.show")}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden size={20} />
        </IconButton>
      </div>
      <div id={id} hidden={!open}>
        <div className="mt-2 grid grid-cols-[1fr_1fr] items-end gap-2 sm:grid-cols-[1fr_1fr_1fr_auto]">
          <Choice
            label={t("filter.priority")}
            value={priority ?? ""}
            onChange={({ target }) =>
              show({ priority: priorities.find((known) => known === target.value) ?? null })
            }
          >
            <option value="">{t("filter.anyPriority")}</option>
            {priorities.map((value) => (
              <option key={value} value={value}>
                {t(`priority.${value}`)}
              </option>
            ))}
          </Choice>
          <Choice
            label={t("filter.tag")}
            value={tag ?? ""}
            onChange={({ target }) => show({ tag: target.value || null })}
          >
            <option value="">{t("filter.anyTag")}</option>
            {tag && !counts?.tags.some((counted) => counted.tag === tag) && (
              <option value={tag}>{tag}</option>
            )}
            {counts?.tags.map((counted) => (
              <option key={counted.tag} value={counted.tag}>
                {counted.tag}
              </option>
            ))}
          </Choice>
          <Choice
            label={t("filter.sort")}
            value={sorted}
            onChange={({ target }) =>
              show({ sort: taskSorts.find((known) => known === target.value) ?? null, order: null })
            }
          >
            {sortsIn(state).map((value) => (
              <option key={value} value={value}>
                {t(`filter.sort.${value}`)}
              </option>
            ))}
          </Choice>
          <IconButton
            label={t("filter.reverse")}
            kind="plain"
            aria-pressed={order !== null}
            onClick={reverse}
          >
            <ArrowDownUp aria-hidden size={20} />
          </IconButton>
        </div>
      </div>
    </div>
  );
}

function Choice({ label, ...select }: ComponentProps<"select"> & { label: string }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm text-muted">
        {label}
      </label>
      <select
        id={id}
        className="min-h-11 w-full rounded-control border border-edge bg-surface px-2 text-base"
        {...select}
      />
    </div>
  );
}
