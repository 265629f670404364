#!/usr/bin/env bash
# tRPC's client gives an error no `meta.response` where the answer's body is no JSON.
#
# Version:  @trpc/client 11.19.0 on Node 20.20.2
# Guess:    `error.meta.response` is the Response in any case: whoever stands in between answers in HTML, and
#           its status is all that tells a proxy's 502, 413 and 429 apart.
# Seen:     with a JSON body meta.response.status is there; with an HTML body meta has no response at all.
# So:       a client that wants the status of such an answer has to look at it in a `fetch` of its own.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @trpc/client@11.19.0 @trpc/server@11.19.0 typescript@5.9.3 >/dev/null
cat >look.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import { createTRPCClient, httpLink } from "@trpc/client";

const answers = {
  "/json.read": ["application/json", '{"error":{"message":"away","code":-32603,"data":{}}}'],
  "/html.read": ["text/html", "<h1>502 Bad Gateway</h1>"],
};
const server = createServer((request, response) => {
  const [type, body] = answers[request.url.split("?")[0]];
  response.writeHead(502, { "Content-Type": type }).end(body);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const client = createTRPCClient({ links: [httpLink({ url: `http://127.0.0.1:${server.address().port}` })] });
for (const name of ["json", "html"]) {
  const status = await client[name].read.query().catch((error) => error.meta?.response?.status);
  console.log(`${name}: status ${status}`);
}
server.close();
JS
said=$(node look.mjs)
echo "$said"
[ "$said" = "json: status 502
html: status undefined" ]
