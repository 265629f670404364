import type { Priority } from "@taskbridge/contract/rules";

// What people and programs write in columns, in English and German.

const priorities: Record<Priority, string> = {
  high: "high, highest, urgent, critical, very high, important, must, p1, 1, a, !!!, hoch, sehr hoch, höchste, dringend, wichtig, kritisch",
  medium: "medium, middle, moderate, average, should, p2, 2, b, !!, mittel, mittlere",
  low: "low, lowest, minor, could, p3, 3, c, !, niedrig, sehr niedrig, niedrigste, gering, unwichtig",
  // Where somebody can choose between high, normal and low, normal is what nobody has chosen.
  none: "none, no, no priority, p4, 4, 0, -, keine, ohne, keine priorität, normal, standard, default",
};

const done =
  "true, yes, y, x, 1, ✓, ✔, ☑, ✅, done, completed, complete, finished, closed, checked, resolved, wahr, ja, j, erledigt, abgeschlossen, fertig, geschlossen";
const open =
  "false, no, n, 0, ☐, open, to do, todo, pending, not started, not done, not completed, incomplete, unchecked, active, new, falsch, nein, offen, nicht begonnen, nicht erledigt, unerledigt, neu, zu erledigen";

/** Begun, or waiting: open, and more than that. */
const underWay =
  "in progress, in process, started, doing, waiting, waiting on others, waiting on someone else, on hold, deferred, postponed, blocked, in arbeit, in bearbeitung, begonnen, wartet auf andere, warten auf andere, wartend, zurückgestellt, verschoben";
/** Nothing is left to be done, but it was not done. */
const givenUp =
  "cancelled, canceled, won't do, wont do, abandoned, rejected, abgebrochen, verworfen, entfällt";

const wordsOf = <T>(table: [words: string, meaning: T][]) =>
  new Map(
    table.flatMap(([words, meaning]) => words.split(", ").map((word) => [word, meaning] as const)),
  );

const priorityWords = wordsOf(
  Object.entries(priorities).map(([priority, words]) => [words, priority as Priority]),
);
const completedWords = wordsOf([
  [done, true],
  [open, false],
]);
const statusWords = wordsOf([
  [done, { done: true }],
  [open, { done: false }],
  [underWay, { done: false, more: true }],
  [givenUp, { done: true, more: true }],
]);

const plain = (text: string) =>
  text
    .normalize("NFC")
    .trim()
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");

export const readPriority = (text: string): Priority | undefined =>
  priorityWords.get(plain(text)) ?? priorityWords.get(text.trim());

/** Undefined where it says neither. */
export const readCompleted = (text: string): boolean | undefined => completedWords.get(plain(text));

/** The same of more words, with those that say more than whether it is done. */
export const readStatus = (text: string) => statusWords.get(plain(text));

const percentIn = /^(?<number>\d+(?:[.,]\d+)?) ?(?<sign>%?)$/;
const numberIn = (text = "") => Number(text.replace(",", "."));

/** What of a column of parts is all of it: 1, or a hundred where one of them is more. */
export const wholeOf = (texts: readonly string[]): number =>
  texts.some((text) => numberIn(percentIn.exec(text.trim())?.groups?.number) > 1) ? 100 : 1;

/** Undefined where it is no part of a whole; a part is open, and more than that. */
export function readPercent(text: string, whole: number | undefined) {
  const { number, sign } = percentIn.exec(text.trim())?.groups ?? {};
  const all = sign ? 100 : whole;
  const part = numberIn(number);
  if (number === undefined || all === undefined || part > all) return undefined;
  return part === all ? { done: true } : { done: false, more: part > 0 };
}
