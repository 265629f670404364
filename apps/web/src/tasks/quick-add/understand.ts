import type { Task } from "@taskbridge/contract";
import { MAX_TAG_LENGTH, MAX_TAGS, type Priority } from "@taskbridge/contract/rules";
import type { Day } from "../model/days.ts";

/** A part of what was typed that is no title. */
export type Part = { from: number; to: number } & (
  | { kind: "priority"; priority: Priority }
  | { kind: "tag"; tag: string }
  /** Where a time of day stands with it, the words stay in the title: a task has none. */
  | { kind: "due"; day: Day; keepWords: boolean }
);

/** Finds days in words; there is one for each language. */
export type FindDays = (text: string) => Extract<Part, { kind: "due" }>[];

export type Understood = Pick<Task, "title" | "priority" | "tags" | "dueDate"> & { parts: Part[] };

interface Options {
  /** The words after `!`, in lower case. */
  priorities: Readonly<Record<string, Priority>>;
  findDays: FindDays;
  /** Texts that are to stay words. */
  ignored: ReadonlySet<string>;
}

/** What a line means: `!high`, `#tag`, a day in words, and the rest of it, which is the title. */
export function understand(line: string, { priorities, findDays, ignored }: Options): Understood {
  const parts: Part[] = [];
  for (const match of line.matchAll(/(?<=^|\s)([!#])([^\s#!]+)/g)) {
    const [text, sign = "", word = ""] = match;
    const place = { from: match.index, to: match.index + text.length };
    const priority = sign === "!" ? priorities[word.toLowerCase()] : undefined;
    if (priority) parts.push({ kind: "priority", priority, ...place });
    else if (sign === "#" && [...word].length <= MAX_TAG_LENGTH)
      parts.push({ kind: "tag", tag: word, ...place });
  }
  // A word of the same length, so that places stay and no day is found in a tag. Behind many blanks
  // chrono takes the German "morgen" for the time of day.
  const rest = parts.reduce(
    (text, { from, to }) => text.slice(0, from) + "x".repeat(to - from) + text.slice(to),
    line,
  );
  parts.push(...findDays(rest).slice(-1));

  const taken = parts.filter(({ from, to }) => !ignored.has(line.slice(from, to)));
  const last = <K extends Part["kind"]>(kind: K) =>
    taken.findLast((part): part is Extract<Part, { kind: K }> => part.kind === kind);
  const tags = taken.flatMap((part) => (part.kind === "tag" ? [part.tag] : []));
  return {
    title: titleOf(line, taken),
    priority: last("priority")?.priority ?? "none",
    dueDate: last("due")?.day ?? null,
    tags: [...new Set(tags)].slice(0, MAX_TAGS),
    parts: taken.sort((a, b) => a.from - b.from),
  };
}

function titleOf(line: string, parts: readonly Part[]): string {
  const words = [...parts]
    .filter((part) => !(part.kind === "due" && part.keepWords))
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to }) => {
      const [before, after] = [text.slice(0, from), text.slice(to)];
      // At the end, a comma belonged to what was cut off.
      return after.trim() ? `${before} ${after}` : before.replace(/[\s,;:–—-]+$/, "");
    }, line);
  return words.replace(/\s+/g, " ").trim();
}
