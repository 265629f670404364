#!/usr/bin/env bash
# A PGlite on disk makes no checkpoint by itself while it is open: its log outgrows max_wal_size.
#
# Version:  @electric-sql/pglite 0.5.14 on Node 20.20.2
# Guess:    the log stays near max_wal_size, as the setting's documentation has it (a soft limit).
# Seen:     with max_wal_size at 64MB and three times as much written, pg_wal holds all of it and the redo
#           pointer has not moved; one CHECKPOINT by hand moves it.
# So:       a process that stays up for weeks has to send CHECKPOINT itself, or its disk fills and the next
#           start after a kill reads all that was ever written.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14 >/dev/null
cat >look.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create({
  dataDir: "./data",
  startParams: [...PGlite.defaultStartParams, "-c", "max_wal_size=64MB", "-c", "min_wal_size=32MB"],
});
const one = async (sql) => Object.values((await db.query(sql)).rows[0])[0];
const redo = () => one("SELECT redo_lsn::text FROM pg_control_checkpoint()");
const logMb = async () => Number(await one("SELECT sum(size) / 1048576 FROM pg_ls_waldir()"));
await db.exec("CREATE TABLE t (a text)");
const before = await redo();
const from = await one("SELECT pg_current_wal_insert_lsn()::text");
const written = () => one(`SELECT (pg_current_wal_insert_lsn() - '${from}'::pg_lsn)::float8 / 1048576`);
while ((await written()) < 192) {
  await db.exec("INSERT INTO t SELECT string_agg(md5((random() * i)::text), '') FROM generate_series(1, 20000) i, generate_series(1, 10) j GROUP BY j");
  await db.exec("TRUNCATE t");
}
const moved = (await redo()) !== before;
console.log(`max_wal_size ${await one("SHOW max_wal_size")}; the log holds more than 192 MB: ${(await logMb()) >= 192}; checkpoint by itself: ${moved}`);
await db.exec("CHECKPOINT");
console.log(`after CHECKPOINT the pointer has moved: ${(await redo()) !== before}`);
await db.close();
JS
said=$(node look.mjs)
echo "$said"
[ "$said" = "max_wal_size 64MB; the log holds more than 192 MB: true; checkpoint by itself: false
after CHECKPOINT the pointer has moved: true" ]
