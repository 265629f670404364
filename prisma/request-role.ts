// `npm run db:request-role`, or with an administrator's address behind `--`: the login of requests, which
// owns nothing (REQUEST_DATABASE_URL). Run again it gives that login a new password.
import { randomBytes } from "node:crypto";
import { readDatabaseSettings } from "../apps/web/src/env.ts";
import { makeRequestLogin } from "../packages/db/src/migrations.ts";
import { forTheReader, SetupError } from "../scripts/lib/setup.mjs";

/** The administrator's address may name another database of the same server. */
function onDatabaseOf(databaseUrl: string, adminUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = new URL(databaseUrl).pathname;
  return url.href;
}

try {
  const { databaseUrl } = readDatabaseSettings();
  const adminUrl = process.argv[2];
  if (!databaseUrl) {
    throw new SetupError(
      "DATABASE_URL is not set: the embedded database lets nobody else in, and has no logins.",
    );
  }
  const asUrl = adminUrl && onDatabaseOf(databaseUrl, adminUrl);
  const password = randomBytes(24).toString("base64url");
  const { url, made, database, statements } = await makeRequestLogin(databaseUrl, password, asUrl);
  if (!made) {
    console.log(
      `The database's user may not do this. Let an administrator run:\n\npsql "$ADMIN_URL" --dbname='${database}' --set=ON_ERROR_STOP=1 --single-transaction <<'SQL'\n${statements.join(";\n")};\nSQL\n\nThen put this into .env, and start again:\n`,
    );
  } else {
    console.log("Made. Put this into .env, and start again:\n");
  }
  console.log(`REQUEST_DATABASE_URL=${url}`);
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
