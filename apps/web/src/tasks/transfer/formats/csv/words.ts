import type { Priority } from "@taskbridge/contract/rules";

// What people and programs write in columns, in English and German.

const priorities: Record<Priority, string> = {
  high: "high, highest, urgent, critical, very high, important, must, p1, 1, a, !!!, hoch, sehr hoch, höchste, dringend, wichtig, kritisch",
  medium:
    "medium, normal, middle, moderate, average, should, p2, 2, b, !!, mittel, mittlere, standard",
  low: "low, lowest, minor, could, p3, 3, c, !, niedrig, sehr niedrig, niedrigste, gering, unwichtig",
  none: "none, no, no priority, p4, 4, 0, -, keine, ohne, keine priorität",
};

const done =
  "true, yes, y, x, 1, ✓, ✔, ☑, ✅, done, completed, complete, finished, closed, checked, resolved, wahr, ja, j, erledigt, abgeschlossen, fertig, geschlossen";
const open =
  "false, no, n, 0, ☐, open, to do, todo, pending, not started, not done, not completed, incomplete, unchecked, active, new, falsch, nein, offen, nicht begonnen, nicht erledigt, unerledigt, neu, zu erledigen";

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

const plain = (text: string) =>
  text
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");

export const readPriority = (text: string): Priority | undefined =>
  priorityWords.get(plain(text)) ?? priorityWords.get(text.trim());

/** Undefined where it says neither; a part of a hundred percent is open. */
export function readCompleted(text: string): boolean | undefined {
  const percent = /^(\d+(?:[.,]\d+)?) ?%?$/.exec(text.trim())?.[1];
  const word = completedWords.get(plain(text));
  if (word !== undefined || percent === undefined) return word;
  const number = Number(percent.replace(",", "."));
  return number > 100 ? undefined : number === 100;
}
