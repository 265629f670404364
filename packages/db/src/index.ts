export { createDb, type Db, type DbOptions } from "./client.ts";
export { hasCluster } from "./data-dir.ts";
export { DataDirInUseError } from "./data-dir-lock.ts";
export * from "./deleted-tasks.ts";
export {
  isCheckViolation,
  isForeignKeyViolation,
  isRefusedRow,
  isUnfitText,
  isUniqueViolation,
} from "./driver-error.ts";
export { purgeEndedSessions } from "./ended-sessions.ts";
export { Prisma } from "./generated/client.ts";
export * from "./leased-limit.ts";
export { applyMigrations, type MigrateOptions } from "./migrate.ts";
export { checkMigrated } from "./migrated.ts";
export { MigrationError } from "./migration-error.ts";
export { resolveMigration } from "./migration-history.ts";
export {
  type KeptAnswer,
  type KeyedRequest,
  type OnceOutcome,
  purgeIdempotencyRecords,
} from "./once.ts";
export * from "./open-database.ts";
export type { OwnedRows, RowChange } from "./owned-rows.ts";
export { type OwnedTable, ownedTable, type RowOf } from "./owned-table.ts";
export type { Narrowing } from "./owner.ts";
export { checkOwnership } from "./ownership.ts";
export { makePrivateDir } from "./private-dir.ts";
export * from "./rate-limits.ts";
export * from "./revocations.ts";
export { mendRights } from "./rights.ts";
export * from "./scope.ts";
export * from "./secret-fingerprint.ts";
export * from "./task-deltas.ts";
export * from "./task-text-rewrite.ts";
export { isStorageFull, isUnavailable } from "./unavailable.ts";
export {
  DatabaseUnreachableError,
  explainStart,
  SHORTEST_SECRET,
  type UnreachableReason,
} from "./unreachable.ts";
export { checkWalls, onNewConnection, WallError } from "./walls.ts";
