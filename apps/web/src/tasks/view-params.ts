import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { orders, priorities, sorts, views } from "./model/view.ts";

/** How the address says what is shown; the server reads it by the same parsers. */
export const viewParams = {
  view: parseAsStringLiteral(views).withDefault("open"),
  q: parseAsString.withDefault(""),
  tag: parseAsString,
  priority: parseAsStringLiteral(priorities),
  sort: parseAsStringLiteral(sorts),
  order: parseAsStringLiteral(orders),
};
