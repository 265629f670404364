#!/usr/bin/env bash
# Better Auth's change-password, on a session that is due for its refresh, answers with two cookies of one name.
#
# Version:  better-auth 1.7.7 on Node 20.20.2
# Guess:    with revokeOtherSessions the answer sets the session's cookie once, to the new session.
# Seen:     the session is first refreshed, as by any call, and its own cookie is set; then the new session's.
#           Both are in the answer, the ended session's first (RFC 6265 §4.1.1: a server should not do so).
# So:       a client that takes the first Set-Cookie of a name is signed out by its own new password; browsers
#           take the last.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund better-auth@1.7.7 >/dev/null
cat >look.mjs <<'JS'
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";

const db = { user: [], session: [], account: [], verification: [] };
const baseURL = "http://localhost:3000";
const auth = betterAuth({
  baseURL,
  secret: "a secret of this script which is long enough to be taken",
  database: memoryAdapter(db),
  emailAndPassword: { enabled: true },
  session: { updateAge: 0 },
  rateLimit: { enabled: false },
});
const post = (path, body, cookie = "") =>
  auth.handler(
    new Request(`${baseURL}/api/auth${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: baseURL, Cookie: cookie },
      body: JSON.stringify(body),
    }),
  );
const sessionsIn = (answer) =>
  answer.headers.getSetCookie().filter((each) => each.includes("session_token=")).map((each) => each.split(";")[0]);

const signedUp = await post("/sign-up/email", { name: "Ada", email: "ada@example.com", password: "first passphrase" });
const [old] = sessionsIn(signedUp);
const changed = await post(
  "/change-password",
  { currentPassword: "first passphrase", newPassword: "second passphrase", revokeOtherSessions: true },
  old,
);
const cookies = sessionsIn(changed);
const kind = (cookie) => (cookie === old ? "the ended session" : "a new session");
console.log(`${changed.status}: ${cookies.map(kind).join(", then ")}`);
JS
said=$(node look.mjs 2>/dev/null)
echo "$said"
[ "$said" = "200: the ended session, then a new session" ]
