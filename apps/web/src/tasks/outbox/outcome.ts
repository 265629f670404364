import type { Task } from "@taskbridge/contract";
import type { CallFailure } from "../../trpc/failure.ts";
import type { Change } from "../model/change.ts";
import type { Field } from "../model/merge.ts";

/** A change that others' changes stand in the way of, until somebody has looked at it. */
export interface Conflict {
  change: Extract<Change, { kind: "update" }>;
  /** The task as it is now. */
  fresh: Task;
  clashes: Field[];
}

/** What became of a change that was sent. */
export type Outcome =
  /** As the task is now; null where it is gone. */
  | { kind: "done"; task: Task | null }
  | { kind: "conflict"; conflict: Conflict }
  | { kind: "refused"; failure: CallFailure }
  /** Perhaps it arrived, perhaps not: it is to be sent again. */
  | { kind: "unreachable" }
  | { kind: "signed_out" };
