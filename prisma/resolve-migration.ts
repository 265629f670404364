// `npm run db:resolve -- --applied NAME` or `-- --rolled-back NAME`: says what became of a migration that
// was cut short, where a start cannot tell. Stop the app on an embedded database first.
import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { openDatabase, resolveMigration } from "../packages/db/src/index.ts";
import { connectTo } from "../packages/db/src/migrations.ts";
import { forTheReader } from "../scripts/lib/setup.mjs";

const [flag, name] = process.argv.slice(2);
const outcome = { "--applied": "applied", "--rolled-back": "rolled-back" } as const;

try {
  if (!name || !(flag === "--applied" || flag === "--rolled-back")) {
    console.error("Usage: npm run db:resolve -- --applied NAME, or -- --rolled-back NAME");
    process.exit(1);
  }
  const { databaseUrl, dataDir } = readDatabaseSettings();
  const database = await openDatabase({ url: databaseUrl, dataDir });
  const found = await connectTo(database.url, (client) =>
    resolveMigration(client, name, outcome[flag]),
  ).finally(database.close);
  console.log(
    found ? `Noted: ${name} is ${outcome[flag]}.` : `No unfinished migration is named ${name}.`,
  );
  process.exitCode = found ? 0 : 1;
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
