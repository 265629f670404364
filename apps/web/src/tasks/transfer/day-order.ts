import type { DayOrder } from "./read-day.ts";

/** Which comes first in all days of a column, as far as one of them tells. */
function orderOf(days: readonly string[]): DayOrder | undefined {
  const pairs = days.flatMap((text) => {
    const found = /(?<![\d-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)/.exec(text);
    return found ? [[Number(found[1]), Number(found[3])] as const] : [];
  });
  const isDayFirst = pairs.some(([first]) => first > 12);
  const isMonthFirst = pairs.some(([, second]) => second > 12);
  if (isDayFirst === isMonthFirst) return undefined;
  return isDayFirst ? "day" : "month";
}

/** Whether a day can be read both ways. */
const isAmbiguous = (text: string) =>
  /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(?!\d)/.test(text.trim());

/** Which comes first where the viewer is. */
export const localOrder = (locale: string): DayOrder => {
  const parts = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "numeric",
  }).formatToParts();
  return parts.find(({ type }) => type === "day" || type === "month")?.type as DayOrder;
};

/** In which order days of one column are read, and whether that is a guess. */
export function orderIn(days: readonly string[], expected: DayOrder) {
  const order = orderOf(days);
  return {
    order: order ?? expected,
    guessedOrder: !order && days.some(isAmbiguous) ? expected : undefined,
  };
}
