import { whereOf } from "@taskbridge/host/settings";
import type { Settings } from "./env.ts";

/** What `npm start` prints once it serves: where, on which data, and a session to paste. */
export function banner({
  baseUrl,
  databaseUrl,
  dataDir,
  host,
  port,
}: Pick<Settings, "baseUrl" | "databaseUrl" | "dataDir" | "host" | "port">): string {
  const data = databaseUrl
    ? "your PostgreSQL server"
    : `an embedded PostgreSQL, files in ${dataDir}`;
  return `
Taskbridge serves at ${baseUrl} (data: ${data}).
It listens on port ${port}, to ${whereOf(host)}.
Open it in a browser, or paste this to sign up, get a token, and add and list a task:

  URL=${baseUrl}
  JAR=$(mktemp)
  ID=$(curl -s -c $JAR $URL/api/auth/sign-up/email -H 'Content-Type: application/json' \\
    -d '{"name":"Ada","email":"ada-'$RANDOM'@example.com","password":"a long passphrase"}' \\
    | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
  TOKEN=$(curl -s -b $JAR $URL/api/auth/token | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
  curl -sw '\\n' $URL/api/$ID/tasks -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -d '{"title":"Try Taskbridge"}'
  curl -sw '\\n' $URL/api/$ID/tasks -H "Authorization: Bearer $TOKEN"

Ctrl-C stops it.
`;
}
