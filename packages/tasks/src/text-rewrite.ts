import { TASK_TEXT_RULES } from "@taskbridge/contract";
import { type Db, startTaskTextRewrite } from "@taskbridge/db";
import { derivedColumns } from "./rows.ts";

/** Keeps what tasks are sorted by and searched in to the rules of the contract, when those have changed. */
export const startTextRewrite = (db: Db, onError: (error: unknown) => void) =>
  startTaskTextRewrite(db, { rules: TASK_TEXT_RULES, derive: derivedColumns, onError });
