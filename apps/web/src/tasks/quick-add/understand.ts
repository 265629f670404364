import type { Task } from "@taskbridge/contract";
import { MAX_TAG_LENGTH, MAX_TAGS, type Priority } from "@taskbridge/contract/rules";
import type { Day } from "../model/days.ts";
import { BREAK } from "./days/break.ts";
import type { FindDay } from "./days/find-day.ts";
import { withoutParts } from "./title.ts";

/** A part of what was typed that is no title. */
export type Part = { from: number; to: number } & (
  | { kind: "priority"; priority: Priority }
  | { kind: "tag"; tag: string }
  /** Where a part of the day stands with it, or a sentence begins, the words stay in the title. */
  | { kind: "due"; day: Day; keepWords: boolean }
);

export type Understood = Pick<Task, "title" | "priority" | "tags" | "dueDate"> & { parts: Part[] };

interface Options {
  /** The words after `!`, in lower case. */
  priorities: Readonly<Record<string, Priority>>;
  findDay: FindDay;
  today: Day;
  /** Texts that are to stay words. */
  ignored?: ReadonlySet<string>;
  /** The tags that the task has anyhow. */
  tags?: readonly string[];
}

/** `!high`, `#tag`: words of their own, which end before the sign that ends a clause, a quotation or a dash. */
const signedWord =
  /(?<=^|[\s([{]|#[^\s#]*[,;])([!#])((?:[^\s#!,;:?.()[\]{}"“”„«»'’‘…–—]|[.'’](?=[\p{L}\p{N}]))+)(?=[\s,;:.!?…)\]}"“”«»'’‘–—]|$)/gu;

/** A number alone is no tag. */
const isTag = (word: string) =>
  /[\p{L}\p{Extended_Pictographic}]/u.test(word) && [...word].length <= MAX_TAG_LENGTH;

/** Longer than a title with all its tags; of more, nothing is read, since it is no task. */
const LONGEST_READ = 2_000;

/** What a line means: `!high`, `#tag`, a day in words, and the rest of it, which is the title. */
export function understand(line: string, options: Options): Understood {
  const { priorities, findDay, today, ignored = new Set(), tags: given = [] } = options;
  if (line.length > LONGEST_READ)
    return { title: line.trim(), priority: "none", dueDate: null, tags: [...given], parts: [] };
  const parts: Part[] = [];
  const tags = new Set(given);
  for (const match of line.matchAll(signedWord)) {
    const [text, sign, word = ""] = match;
    const place = { from: match.index, to: match.index + text.length };
    if (ignored.has(text)) continue;
    const priority = sign === "!" ? priorities[word.toLowerCase()] : undefined;
    if (priority) parts.push({ kind: "priority", priority, ...place });
    // One tag too many stays in the title.
    else if (sign === "#" && isTag(word) && (tags.has(word) || tags.size < MAX_TAGS)) {
      tags.add(word);
      parts.push({ kind: "tag", tag: word, ...place });
    }
  }
  const rest = parts.reduce(
    (text, { from, to }) => text.slice(0, from) + BREAK.repeat(to - from) + text.slice(to),
    line,
  );
  const due = findDay(rest, today);
  if (due && !ignored.has(line.slice(due.from, due.to))) parts.push({ kind: "due", ...due });

  const priority = parts.findLast((part) => part.kind === "priority");
  return {
    title: withoutParts(
      line,
      parts.filter((part) => !(part.kind === "due" && part.keepWords)),
    ),
    priority: priority?.priority ?? "none",
    dueDate: due && parts.some(({ kind }) => kind === "due") ? due.day : null,
    tags: [...tags],
    parts: parts.sort((a, b) => a.from - b.from),
  };
}
