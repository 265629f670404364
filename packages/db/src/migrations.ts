/** For those who write migrations; what applies them is in the package's main entry. */
export { schemaDrift } from "./drift.ts";
export { type NewMigration, UsageError, writeMigration } from "./new-migration.ts";
