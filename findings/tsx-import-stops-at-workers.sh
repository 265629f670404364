#!/usr/bin/env bash
# `node --import tsx` reads TypeScript in the main thread alone, whatever a worker is given.
#
# Version:  tsx 4.23.15 on Node 20.20.2
# Guess:    a worker takes over --import as it takes over all of execArgv; at the latest it does so when its
#           own execArgv says --import tsx.
# Seen:     ERR_UNKNOWN_FILE_EXTENSION for a worker's .ts file, with execArgv too, and for a .ts file that a
#           worker's .mjs file imports. What helps is register() of tsx/esm/api in the worker, before an import().
# So:       a thread of a program that runs by tsx begins with a line of JavaScript that registers it anew.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm pkg set type=module >/dev/null
npm install --silent --no-audit --no-fund tsx@4.23.15 >/dev/null
cat >part.ts <<'TS'
import { parentPort } from "node:worker_threads";
const word: string = "ran";
parentPort?.postMessage(word);
TS
echo 'import "./part.ts";' >imports.mjs
echo 'import { register } from "tsx/esm/api"; register(); await import("./part.ts");' >registers.mjs
cat >main.ts <<'TS'
import { Worker, type WorkerOptions } from "node:worker_threads";
const cases: [name: string, options: WorkerOptions][] = [
  ["part.ts", {}],
  ["part.ts", { execArgv: ["--import", "tsx"] }],
  ["imports.mjs", {}],
  ["registers.mjs", {}],
];
for (const [name, options] of cases) {
  const worker = new Worker(new URL(`./${name}`, import.meta.url), options);
  const said: string = await new Promise((resolve) => {
    worker.once("message", resolve).once("error", (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
  console.log(`${name} ${options.execArgv?.join(" ") ?? ""}: ${said}`);
}
TS
said=$(node --import tsx main.ts)
echo "$said"
[ "$said" = "part.ts : ERR_UNKNOWN_FILE_EXTENSION
part.ts --import tsx: ERR_UNKNOWN_FILE_EXTENSION
imports.mjs : ERR_UNKNOWN_FILE_EXTENSION
registers.mjs : ran" ]
