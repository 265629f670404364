import { afterAll, beforeAll, expect, test } from "vitest";
import { accepted, bothDoors, revoked, untilAnswered } from "./support/doors.ts";
import { appUrl, post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, startApp } from "./support/start-app.ts";

let app: App;
let database: Awaited<ReturnType<typeof ownDatabase>>;
beforeAll(async () => {
  database = await ownDatabase();
  app = await startApp({ DATABASE_URL: database.url, BRIDGE_ALG: "EdDSA" });
}, 120_000);
afterAll(async () => {
  await app.stop();
  await database.remove();
});

const headerOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

test("with BRIDGE_ALG=EdDSA both doors take each user's token for their own tasks", async () => {
  const [ada, bob] = [await signUp("Ada", app.url), await signUp("Bob", app.url)];
  expect(headerOf(ada.token)).toMatchObject({ alg: "EdDSA", typ: "at+jwt" });
  expect(await bothDoors(ada.id, ada.token, app.url)).toEqual(accepted);
  const [foreign] = await bothDoors(ada.id, bob.token, app.url);
  expect(foreign).toEqual({ status: 403, code: "forbidden" });
});

test("a token ends with its session, as with HS256", async () => {
  const { id, token, cookie } = await signUp("Ada", app.url);
  expect(await bothDoors(id, token, app.url)).toEqual(accepted);
  await post("/api/auth/sign-out", {}, { Cookie: cookie }, app.url);
  await untilAnswered(() => bothDoors(id, token, app.url), revoked);
});

test("the tokens of one algorithm are nothing to the other", async () => {
  const [here, there] = [await signUp("Ada", app.url), await signUp("Ada")];
  const refused = { status: 401, code: "token_algorithm" };
  expect(await bothDoors(there.id, there.token, app.url)).toEqual([refused, refused]);
  expect(await bothDoors(here.id, here.token)).toEqual([refused, refused]);
});

test("the key set is public, holds no private half, and is 404 with HS256", async () => {
  await signUp("Ada", app.url);
  const published = await fetch(`${app.url}/api/auth/jwks`);
  expect(published.headers.get("cache-control")).toBe("no-store");
  const { keys } = await published.json();
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]).sort()).toEqual(["alg", "crv", "kid", "kty", "x"]);
  expect((await fetch(`${appUrl()}/api/auth/jwks`)).status).toBe(404);
});
