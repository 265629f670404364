import type { Day } from "../../model/days.ts";
import type { Ranges } from "./ranges.ts";
import type { Recurrence } from "./recurrence.ts";

/**
 * How much a day's words need around them. `sure`: nothing. `date`: in the middle, it may belong to what is
 * behind it ("the notes" of "Read 3 Dec notes"). `name`: so may a weekday, and at the beginning as well
 * ("Friday Harbor"). `abbreviation`: "Sun". `ambiguous`: "3/12", "3 May".
 */
export type Kind = "sure" | "date" | "name" | "abbreviation" | "ambiguous";

export type Groups = Readonly<Record<string, string | undefined>>;

export interface Form {
  /**
   * Its group `lead` has the words that belong to a day and say that one is meant ("on"); with a group
   * `kept`, the words say more than the day.
   */
  pattern: RegExp;
  kind: Kind;
  /** Undefined where the words are no day, or could be two. */
  read: (groups: Groups, today: Day) => Day | undefined;
}

export interface Language extends Ranges, Recurrence {
  forms: readonly Form[];
  /** What stands before words that are no day for a task: "since", "every". */
  neverAfter: RegExp;
  /** The same, where no lead is between: "the", "for". */
  neverBareAfter: RegExp;
  neverBefore: RegExp;
  /** What tells in front of a day, and behind it, that it has been: "bought", "was". */
  pastBefore: RegExp;
  pastAfter: RegExp;
  /** What tells that it is to come all the same: "get it repaired on Friday". */
  planned: RegExp;
  /** What makes a sentence of a day: "Friday is payday". */
  verb: RegExp;
  /** What the name of a weekday stands before where it is one, if not an end. */
  nameBefore: RegExp;
  timeBefore: RegExp;
  partOfDay: RegExp;
  /** A lead that outweighs other days. */
  deadline: RegExp;
}
