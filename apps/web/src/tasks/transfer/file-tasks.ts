import type { FoundTask } from "./found-task.ts";
import type { DayOrder, DayRules } from "./read-day.ts";

/** Which app has written a file or, where many do, in which format. */
export type Source =
  | "taskbridge"
  | "csv"
  | "todoist"
  | "ticktick"
  | "json"
  | "googleTasks"
  | "vikunja"
  | "taskwarrior"
  | "icalendar"
  | "todoTxt";

/** What is in files and has no place here, or is no task to be done: nothing is made of it. */
export const leftOutKinds = ["deleted", "template", "event", "attachment", "comment"] as const;
export type LeftOut = (typeof leftOutKinds)[number];

/** What a reader finds in a file. */
export interface FileTasks {
  source: Source;
  tasks: FoundTask[];
  leftOut?: Partial<Record<LeftOut, number>>;
  /** How days such as 03/04/2026 were read, where the file does not tell. */
  guessedOrder?: DayOrder | undefined;
}

export interface ReadRules {
  timeZone: DayRules["timeZone"];
  /** Which comes first in days of numbers, where the file does not tell. */
  order: DayOrder;
  /** The file's name. */
  name: string;
}

type Reason =
  | ("cut" | "badJson" | "noTitle" | "noTasks")
  | ("archive" | "binary" | "letters" | "tooLarge");

/** Nothing of a file can be read. */
export class UnreadableFileError extends Error {
  readonly reason: Reason;
  readonly line: number | undefined;
  /** Its columns. */
  readonly names: readonly string[];

  constructor(reason: Reason, { line, names = [] }: { line?: number; names?: string[] } = {}) {
    super(reason);
    this.reason = reason;
    this.line = line;
    this.names = names;
  }
}

/** How many line ends are in a text, whichever they are. */
export const countLineEnds = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;
