interface Place {
  from: number;
  to: number;
}

/** A line without some of its parts, and without the signs and blanks that only they had. */
export const withoutParts = (line: string, parts: readonly Place[]) =>
  [...parts]
    .sort((a, b) => b.from - a.from)
    .reduce((text, place) => without(text, place), line)
    .trim();

function without(text: string, place: Place): string {
  const { from, to } = withBrackets(text, place);
  const before = text.slice(0, from);
  const after = text.slice(to);
  const behind = /^[,;:.!?…]*/u.exec(after)?.[0] ?? "";
  const rest = after.slice(behind.length);
  if (/^[\s([{]*$/u.test(before)) return before + rest.replace(atBeginning, "");

  const head = before.trimEnd();
  // "By Friday, the 4th, …": the comma closed what was cut off.
  const closed = text.slice(from, to).includes(",") ? behind.replace(/^,/, "") : behind;
  // "Call! tomorrow!" needs no second one.
  const sign = /[\p{L}\p{N}\p{S}"”’)\]}]$/u.test(head) ? closed : "";
  if (!rest.trim()) return withoutSeparator(head) + sign.replace(/^[,;:]+/u, "");
  if (/^[)\]}"“”«»'’‘]/u.test(rest)) return withoutSeparator(head) + rest;
  // "Call tomorrow—it is urgent"
  if (/^[–—]\S/u.test(rest)) return head + rest;
  // "Call (tomorrow at 5)"
  if (/[([{]$/u.test(head)) return head + rest.trimStart();
  const tail = rest.trimStart();
  const isBetweenDashes = /\s[-–—|/•·]+$/u.test(head) && /^[-–—|/•·]+\s/u.test(tail);
  return `${head}${/^\s/u.test(rest) ? sign : ""} ${isBetweenDashes ? tail.replace(/^[-–—|/•·]+\s+/u, "") : tail}`;
}

/** "Today ?", "Today - call", "#home—call": what only led from the part to what is behind it. */
const atBeginning = /^\s*(?:[,;:.!?…]+(?=\s|$)\s*)?(?:[-–—|/•·]+(?:\s+|$)|[–—]+)?/u;

/** At an end, a comma or a dash belonged to what was cut off. */
const withoutSeparator = (head: string) =>
  head.replace(/(?:\s+[-–—|/•·]+|[,;:—])+$/u, "").trimEnd();

/** With the brackets, where there is nothing else in them. */
function withBrackets(text: string, { from, to }: Place): Place {
  const open = /[([{]\s*$/u.exec(text.slice(0, from))?.[0];
  const close = /^[\s,;:.!?…]*[)\]}]/u.exec(text.slice(to))?.[0];
  if (!open || !close) return { from, to };
  return withBrackets(text, { from: from - open.length, to: to + close.length });
}
