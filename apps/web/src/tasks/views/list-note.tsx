"use client";

import { useT } from "../../strings/provider.tsx";
import { totalIn } from "../model/counting.ts";
import { useCounts } from "../use-counts.ts";
import { useView } from "../use-view.ts";
import { isFiltered } from "../view-name.ts";

interface ListNoteProps {
  /** How many tasks are shown. */
  count: number;
  /** Whether these are all that the list has. */
  whole: boolean;
  /** Whether the rest cannot be had now. */
  away: boolean;
}

/** Says that a list is a part, where one cannot come to its end by reading on. */
export function ListNote({ count, whole, away }: ListNoteProps) {
  const t = useT();
  const { state } = useView();
  const counts = useCounts();
  if (whole) return null;
  if (!away) return <p className="hidden py-2 print:block">{t("transfer.printPart", { count })}</p>;
  const total = isFiltered(state) ? undefined : counts && totalIn(counts, state.view);
  return (
    <p role="status" className="px-1 pb-2 text-sm text-muted">
      {total !== undefined && total > count
        ? t("offline.part", { count, total })
        : t("offline.perhapsPart")}
    </p>
  );
}
