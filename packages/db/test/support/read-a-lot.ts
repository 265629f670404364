import pg from "pg";
import { startEmbedded } from "../../src/embedded.ts";

/** Reads 400 MB from an embedded database, and says how often that had to be opened again. */
let restarts = 0;
const { url, close } = await startEmbedded({
  dataDir: process.argv[2] ?? "",
  onRestart: () => {
    restarts += 1;
  },
});
const client = new pg.Client({ connectionString: url });
await client.connect();
let bytes = 0;
while (bytes < 400e6) {
  const { rows } = await client.query(
    "SELECT repeat(md5(n::text), 320) AS text FROM generate_series(1, 500) AS n",
  );
  for (const { text } of rows) bytes += text.length;
}
await client.end();
await close();
process.stdout.write(`read ${Math.floor(bytes / 1e8) * 100} MB, ${restarts} restarts\n`);
