import { parseKept } from "../../../lib/browser-storage.ts";
import type { CallFailure } from "../../../trpc/failure.ts";
import type { Change } from "../../model/change.ts";
import type { Conflict } from "../outcome.ts";

/** A change as the browser keeps it until the server has made it. */
export interface Entry {
  change: Change;
  /** They are sent in this order, whichever page they are from. */
  order: number;
  /** Why it is not sent any more until somebody says so. */
  held?: CallFailure;
  conflict?: Conflict;
}

export const byOrder = (a: Entry, b: Entry) =>
  a.order - b.order || (a.change.id < b.change.id ? -1 : 1);

const FORMAT = 1;
const kinds: readonly string[] = [
  "create",
  "update",
  "delete",
  "restore",
] satisfies Change["kind"][];

export const writeEntry = (entry: Entry): string => JSON.stringify({ format: FORMAT, ...entry });

/** Undefined where another version of this page wrote it: what this one cannot read, it leaves alone. */
export function readEntry(text: string): Entry | undefined {
  const kept = parseKept(text) as (Entry & { format: number }) | undefined;
  if (!kept || kept.format !== FORMAT || !isChange(kept.change)) return undefined;
  const { format: _, ...entry } = kept;
  return entry;
}

const isChange = (change: Change | undefined) =>
  kinds.includes(change?.kind ?? "") && typeof change?.task?.id === "string";
