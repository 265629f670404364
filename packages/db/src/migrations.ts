/** For the commands around a database; what a start does is in the package's main entry. */
export { schemaDrift } from "./drift.ts";
export { connectTo } from "./migration-lock.ts";
export { type NewMigration, UsageError, writeMigration } from "./new-migration.ts";
export { makeRequestLogin, type RequestLogin, RequestLoginError } from "./request-login.ts";
export { rowCounts } from "./row-counts.ts";
