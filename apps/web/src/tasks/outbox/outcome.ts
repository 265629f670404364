import type { Task } from "@taskbridge/contract";
import type { CallFailure, Trouble } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import type { Field } from "../model/merge.ts";

/** A change that others' changes stand in the way of, until somebody has looked at it. */
export interface Conflict {
  /** Its fields as they would be beside what others have made of the task. */
  change: Extract<Change, { kind: "update" }>;
  /** The task as it is now; as it was known here where it was deleted. */
  fresh: Task;
  clashes: Field[];
  /** Whether the task was deleted. */
  gone?: boolean;
}

/** What became of a change that was sent. */
export type Outcome =
  /** As the task is now; null where it is gone. */
  | { kind: "done"; task: Task | null }
  | { kind: "conflict"; conflict: Conflict }
  /** Its task was deleted elsewhere, and nothing was typed that would be lost with it. */
  | { kind: "gone" }
  /** For what it says: it would be refused again. */
  | { kind: "refused"; failure: CallFailure }
  /** For something else than what it says, which waiting does not mend: it waits for somebody to look at it. */
  | { kind: "held"; failure: CallFailure }
  /** Perhaps it arrived, perhaps not: it is to be sent again, after a rest where one was asked for. */
  | { kind: "unreachable"; trouble: Trouble; restMs: number }
  | { kind: "signed_out" };
