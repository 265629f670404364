/** For those who write migrations; what applies them is in the package's main entry. */
export { schemaDrift } from "./drift.ts";
export { connectTo } from "./migration-lock.ts";
export { type NewMigration, UsageError, writeMigration } from "./new-migration.ts";
