"use client";

import { Search } from "lucide-react";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { plainView, type View } from "./model/view.ts";
import { useView } from "./use-view.ts";
import { viewIcons } from "./view-icons.ts";
import { isFiltered } from "./view-name.ts";

/** What a list says that has nothing in it, or nothing that is like what was asked for. */
export function EmptyList({ view }: { view: View }) {
  const t = useT();
  const { state, show } = useView();
  const filtered = isFiltered(state);
  const Icon = filtered ? Search : viewIcons[view];
  return (
    <div className="flex flex-col items-center gap-4 py-14 text-center text-muted">
      <Icon aria-hidden size={36} strokeWidth={1.25} />
      <p className="text-balance">{t(filtered ? "tasks.empty.filtered" : `tasks.empty.${view}`)}</p>
      {filtered && (
        <Button onClick={() => show({ ...plainView, view: state.view })}>
          {t("tasks.clearFilters")}
        </Button>
      )}
    </div>
  );
}
