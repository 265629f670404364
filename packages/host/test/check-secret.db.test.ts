import { deriveKey } from "@taskbridge/bridge";
import { createUser, type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkSecret, compareKeys, keysOf } from "../src/index.ts";

let database: TestDatabase;
let said: string;
beforeEach(async () => {
  database = await testDatabase();
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.drop();
});

const old = "the secret of before, which is long enough to be taken";
const next = "the secret of from now on, which is long enough too";
const check = async (secret: string, previous: string[] = [], isFresh = false) =>
  checkSecret(database.db, await keysOf(secret, previous), { isFresh });
const kept = () => database.client.secretFingerprint.findMany();

test("data that another secret made is said so at the start, with what to do about it, once", async () => {
  await check(old);
  await createUser(database.db);
  await check(old);
  expect(said).toBe("");

  await check(next);
  expect(said).toContain("made with another BETTER_AUTH_SECRET. Everybody is signed out");
  expect(said).toContain("BETTER_AUTH_SECRETS_PREVIOUS");
  said = "";
  await check(next);
  expect(said).toBe("");
});

test("a rotation is no other secret, at any of its steps", async () => {
  await check(old);
  await createUser(database.db);
  for (const [secret, ...previous] of [[old, next], [next, old], [next]] as const) {
    await check(secret, previous);
  }
  expect(said).toBe("");
});

test("a secret that this very start made up signs nobody out: it stops, and changes nothing", async () => {
  await check(old);
  const before = await kept();
  await createUser(database.db);
  await expect(check(next, [], true)).rejects.toMatchObject({
    name: "SecretLostError",
    message: expect.stringContaining("Put .env back"),
  });
  expect(await kept()).toEqual(before);
  await check(old);
  expect(said).toBe("");
});

test("so it does on data of a version that kept no fingerprint", async () => {
  await createUser(database.db);
  await expect(check(next, [], true)).rejects.toThrow("BETTER_AUTH_SECRET");
  await check(old);
  expect(said).toBe("");
});

test("where there are no accounts there is nobody to sign out", async () => {
  await check(old);
  await check(next, [], true);
  await check(old);
  expect(said).toBe("");
});

test("a host that has the derived key alone is told of the web host's other secret", async () => {
  await check(next);
  await createUser(database.db);
  const keys = { key: await deriveKey(old), previousKeys: [] };
  await compareKeys(database.db, keys);
  expect(said).toContain("ACCESS_TOKEN_KEY");
  said = "";
  await compareKeys(database.db, { ...keys, previousKeys: [await deriveKey(next)] });
  expect(said).toBe("");
});

test("what is kept is neither the secret nor its key, and no request can read it", async () => {
  await check(old);
  const [row] = await kept();
  const key = Buffer.from(await deriveKey(old));
  for (const form of [old, key.toString("base64url"), key.toString("hex")]) {
    expect(row?.fingerprint).not.toContain(form);
  }
  const [may] = await database.client.$queryRaw<{ read: boolean }[]>`
    SELECT has_any_column_privilege("request_role"('request'), '"secret_fingerprint"'::regclass,
      'SELECT, INSERT, UPDATE') AS read`;
  expect(may?.read).toBe(false);
});
