import { applyMigrations } from "../../src/index.ts";

process.stdout.write(JSON.stringify(await applyMigrations(process.argv[2] ?? "")));
