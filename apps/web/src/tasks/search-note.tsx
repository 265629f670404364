"use client";

import {
  firstWords,
  isShortSearch,
  MAX_SEARCH_LENGTH,
  MAX_SEARCH_WORDS,
  SHORT_SEARCH_TASKS,
} from "@taskbridge/contract/rules";
import { useT } from "../strings/provider.tsx";
import { useCounts } from "./use-counts.ts";
import { useView } from "./use-view.ts";

/** Says where a search does not look for all that was typed, or not in all tasks. */
export function SearchNote() {
  const t = useT();
  const { q } = useView().state;
  const counts = useCounts();
  const many = counts && counts.open + counts.completed > SHORT_SEARCH_TASKS;
  const typed = q.trim().slice(0, MAX_SEARCH_LENGTH);
  const cut = firstWords(typed) !== typed;
  const short = many && isShortSearch(typed);
  if (!cut && !short) return null;
  return (
    <p role="status" className="px-1 pb-2 text-sm text-muted">
      {cut
        ? t("filter.firstWords", { count: MAX_SEARCH_WORDS })
        : t("filter.shortWords", { count: SHORT_SEARCH_TASKS })}
    </p>
  );
}
