#!/usr/bin/env bash
# PGlite takes `statement_timeout` and never heeds it.
#
# Version:  @electric-sql/pglite 0.5.14 on Node 20.20.2
# Guess:    a statement that runs longer than statement_timeout ends with 57014, as on every PostgreSQL, or
#           the setting is refused where there are no signals to end a statement by.
# Seen:     SHOW says 50ms, and pg_sleep-free work of more than ten times that comes back whole.
# So:       a limit of time for an embedded PostgreSQL has to be kept by whoever can end its thread.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14 >/dev/null
cat >look.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
const count = "SELECT count(*)::int AS n FROM generate_series(1, $1::int) AS a WHERE md5(a::text) > '8'";
// So many rows that the work takes at least ten times the limit on this machine.
let rows = 100_000;
for (;;) {
  const since = performance.now();
  await db.query(count, [rows]);
  if (performance.now() - since > 500) break;
  rows *= 2;
}
await db.exec("SET statement_timeout = '50ms'");
const { rows: [shown] } = await db.query("SHOW statement_timeout");
const since = performance.now();
const ended = await db.query(count, [rows]).then(() => "came back whole", ({ code }) => `ended with ${code}`);
const limits = Math.floor((performance.now() - since) / 50);
console.log(`statement_timeout is ${shown.statement_timeout}; the statement ${ended} after ${limits >= 5 ? "many times" : limits} that`);
JS
said=$(node look.mjs)
echo "$said"
[ "$said" = "statement_timeout is 50ms; the statement came back whole after many times that" ]
