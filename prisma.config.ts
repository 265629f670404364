import { defineConfig } from "prisma/config";

// `generate` and `validate` never run the schema engine, yet the CLI downloads it at its start
// unless it is told of one. Any existing file will do. `migrate deploy` does run it: for that command,
// nothing is preset and the CLI gets its own.
const runsEngine = process.argv.includes("migrate") || process.argv.includes("db");
if (!runsEngine) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(url ? { datasource: { url } } : {}),
});
