import { fold } from "@taskbridge/contract/rules";

/** A tag that is being written in a text. */
export interface TagPlace {
  from: number;
  to: number;
  /** What is written of it. */
  typed: string;
  /** What is put in its place for a tag. */
  write: (tag: string) => string;
  /** Those that could not be written there, or are there already. */
  excludes: (tag: string) => boolean;
}

/** What ends a tag in a line, and so can be in none that is written there. */
const end = String.raw`\s#,;:?!()[\]{}`;

/** `#ho` at the caret of a line. */
export function signedTagAt(text: string, caret: number): TagPlace | undefined {
  const match = new RegExp(String.raw`(?<=^|[\s([{])#([^${end}]*)$`, "u").exec(
    text.slice(0, caret),
  );
  if (!match) return undefined;
  const rest = new RegExp(`^[^${end}]*`, "u").exec(text.slice(caret))?.[0] ?? "";
  const to = caret + rest.length;
  const others = text.slice(0, match.index) + text.slice(to);
  const written = new Set(others.match(new RegExp(`#[^${end}]+`, "gu")));
  return {
    from: match.index,
    to,
    typed: match[1] ?? "",
    write: (tag) => `#${tag}${/^\s/.test(text.slice(to)) ? "" : " "}`,
    excludes: (tag) => new RegExp(`[${end}]|^[^\\p{L}]+$`, "u").test(tag) || written.has(`#${tag}`),
  };
}

/** `ho` at the caret of a list with commas. */
export function listedTagAt(text: string, caret: number): TagPlace | undefined {
  const [, blank = "", typed = ""] = /(?:^|,)(\s*#?)([^,]*)$/u.exec(text.slice(0, caret)) ?? [];
  if (!typed) return undefined;
  const from = caret - typed.length;
  const rest = /^[^,]*/u.exec(text.slice(caret))?.[0] ?? "";
  const to = caret + rest.length;
  const others = `${text.slice(0, from - blank.length)},${text.slice(to)}`.split(",");
  const written = new Set(others.map((tag) => tag.trim().replace(/^#/, "")));
  return {
    from,
    to,
    typed,
    write: (tag) => tag,
    excludes: (tag) => /^#|,/.test(tag) || written.has(tag),
  };
}

const MOST_SUGGESTED = 6;

/** Known tags that begin as what is written; the most used first, as they are known. */
export function suggestTags({ typed, excludes }: TagPlace, known: readonly string[]): string[] {
  const begin = fold(typed);
  const fitting = known.filter((tag) => fold(tag).startsWith(begin) && !excludes(tag));
  // All is written, and there is nothing more to choose.
  if (fitting.length === 1 && fitting[0] === typed) return [];
  return fitting.slice(0, MOST_SUGGESTED);
}
