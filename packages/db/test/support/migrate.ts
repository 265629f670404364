import { applyMigrations } from "../../src/index.ts";

const [url = "", dir] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await applyMigrations(url, dir)));
