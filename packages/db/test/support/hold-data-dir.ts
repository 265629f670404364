import pg from "pg";
import { startEmbedded } from "../../src/embedded.ts";

/** Opens a data directory and inserts rows until it is killed, saying each number when it is in. */
const { url } = await startEmbedded({ dataDir: process.argv[2] ?? "" });
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query("CREATE TABLE IF NOT EXISTS numbers (n int PRIMARY KEY)");
process.stdout.write("ready\n");
for (let n = 1; ; n++) {
  await client.query("INSERT INTO numbers VALUES ($1)", [n]);
  process.stdout.write(`${n}\n`);
}
