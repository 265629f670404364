import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { queryOf, type ViewState } from "./model/view.ts";
import { useToday } from "./use-today.tsx";
import { viewParams } from "./view-params.ts";

/** What is shown, which is what the address says, and how to show something else. */
export function useView() {
  const [state, setState] = useQueryStates(viewParams, { history: "push", shallow: true });
  const today = useToday();
  const query = useMemo(() => queryOf(state, today), [state, today]);
  return useMemo(
    () => ({
      state: state as ViewState,
      query,
      /** Changes parts of it. What is typed makes no step back of its own. */
      show: (part: Partial<ViewState>, { typed = false } = {}) =>
        void setState(part, { history: typed ? "replace" : "push" }),
    }),
    [state, query, setState],
  );
}
