"use client";

import { useT } from "../../strings/provider.tsx";
import type { Progress } from "./use-many-changes.ts";

/** How far a change to very many tasks is. */
export function BulkProgress({ progress: { done, total } }: { progress: Progress }) {
  const t = useT();
  return (
    <section
      data-stays-below
      className="sticky bottom-3 z-20 mx-auto mt-4 w-fit rounded-card border border-line bg-surface px-4 py-3 text-sm tabular-nums shadow-lifted print:hidden"
    >
      <p role="status">{t("bulk.progress", { done, total })}</p>
      <progress aria-label={t("bulk.progressName")} value={done} max={total} className="w-full" />
    </section>
  );
}
