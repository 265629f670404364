export * from "./client.ts";
export { DataDirInUseError } from "./data-dir-lock.ts";
export { Prisma } from "./generated/client.ts";
export { applyMigrations, type MigrateOptions, MigrationError } from "./migrate.ts";
export * from "./open-database.ts";
export * from "./scope.ts";
