import { priorities, sortOrders, taskSorts } from "@taskbridge/contract/rules";
import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { views } from "./model/view.ts";

/** How the address says what is shown; the server reads it by the same parsers. */
export const viewParams = {
  view: parseAsStringLiteral(views).withDefault("open"),
  q: parseAsString.withDefault(""),
  tag: parseAsString,
  priority: parseAsStringLiteral(priorities),
  sort: parseAsStringLiteral(taskSorts),
  order: parseAsStringLiteral(sortOrders),
};
