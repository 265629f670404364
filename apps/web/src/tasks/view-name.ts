import type { Translate } from "../strings/translate.ts";
import type { ViewState } from "./model/view.ts";

/** What the shown list is called. */
export const viewName = (t: Translate, { view, tag }: Pick<ViewState, "view" | "tag">) =>
  tag && view === "open" ? t("view.tag", { tag }) : t(`view.${view}`);

/** Whether less is shown than the list has. */
export const isFiltered = ({ q, tag, priority }: ViewState) => Boolean(q.trim() || tag || priority);
