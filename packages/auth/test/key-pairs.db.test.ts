import { createVerifier } from "@taskbridge/bridge";
import { type TestDatabase, testDatabase } from "@taskbridge/db/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AuthOptions } from "../src/index.ts";
import { authOf, baseUrl, get, nextSecret, read, secret, signUp, tokenFor } from "./support.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  vi.useRealTimers();
  await database.drop();
});

const MINUTE = 60_000;
const keyRotation = { interval: 60 * 60, grace: 30 * 60 };
const withKeyPairs = (options: Partial<AuthOptions> = {}) =>
  authOf({ db: database.db, algorithm: "EdDSA", keyRotation, ...options });
const verifierOf = (jwks: () => Promise<unknown>) => createVerifier({ jwks, issuer: baseUrl });
const later = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });

test("a token of a key pair has the header and the claims of any other, and nothing more", async () => {
  const auth = withKeyPairs();
  const { id, cookie } = await signUp(auth);
  const { token } = await tokenFor(cookie, auth);
  expect(read(token).header).toEqual({
    alg: "EdDSA",
    typ: "at+jwt",
    kid: expect.any(String),
  });
  const { token: plain } = await tokenFor(cookie, authOf({ db: database.db }));
  for (const each of [token, plain]) {
    const { iat, exp, jti, ...rest } = read(each).claims;
    expect(exp - iat).toBe(900);
    expect(jti).toEqual(expect.any(String));
    const sid = expect.any(String);
    expect(rest).toEqual({ sub: id, user_id: id, sid, iss: baseUrl, aud: "taskbridge-api" });
  }
});

describe("/jwks", () => {
  test("publishes the public half alone, which verifies", async () => {
    const auth = withKeyPairs();
    const { id, cookie } = await signUp(auth);
    const { token } = await tokenFor(cookie, auth);
    const response = await auth.handler(get("/jwks"));
    const { keys } = await response.json();
    const kid = read(token).header.kid;
    expect(keys).toEqual([
      { alg: "EdDSA", crv: "Ed25519", kty: "OKP", x: expect.any(String), kid },
    ]);
    expect((await verifierOf(async () => ({ keys })).verify(token)).userId).toBe(id);
  });

  test("is 404 with HS256, whatever keys the table has", async () => {
    await withKeyPairs().handler(get("/jwks"));
    const response = await authOf({ db: database.db }).handler(get("/jwks"));
    expect(response.status).toBe(404);
  });
});

test("many first tokens at once make one key pair", async () => {
  const auth = withKeyPairs();
  const { cookie } = await signUp(auth);
  const tokens = await Promise.all(Array.from({ length: 10 }, () => tokenFor(cookie, auth)));
  expect(new Set(tokens.map(({ token }) => read(token).header.kid)).size).toBe(1);
  expect(await database.client.jwks.count()).toBe(1);
});

test("so do many looks at the key set at once", async () => {
  const auth = withKeyPairs();
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await auth.handler(get("/jwks"))).json()),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await database.client.jwks.count()).toBe(1);
});

test("the key that signs is published, however many there are, and the oldest go", async () => {
  const auth = withKeyPairs();
  const { cookie } = await signUp(auth);
  await tokenFor(cookie, auth);
  const { id: _, ...key } = await database.client.jwks.findFirstOrThrow();
  const createdAt = new Date(Date.now() - 30 * MINUTE);
  const crowd = (expiresAt: Date, name: string) =>
    database.client.jwks.createMany({
      data: Array.from({ length: 150 }, (_, at) => ({
        ...key,
        id: `${name}${at}`,
        createdAt,
        expiresAt,
      })),
    });
  await crowd(new Date(Date.now() - 29 * MINUTE), "recent-");
  await crowd(new Date(Date.now() - 31 * MINUTE), "old-");
  const { token } = await tokenFor(cookie, auth);
  expect((await auth.publicKeys()).keys[0]?.kid).toBe(read(token).header.kid);
  later(62 * MINUTE);
  await tokenFor(cookie, auth);
  expect(await database.client.jwks.count()).toBe(2);
});

test("a key pair signs for its time, verifies for its grace, and is then gone", async () => {
  const auth = withKeyPairs();
  const { cookie } = await signUp(auth);
  const published = async () => (await auth.publicKeys()).keys.map(({ kid }) => kid);
  const kidOf = async () => read((await tokenFor(cookie, auth)).token).header.kid;
  const first = await kidOf();

  later(59 * MINUTE);
  const last = (await tokenFor(cookie, auth)).token;
  expect(read(last).header.kid).toBe(first);

  later(2 * MINUTE);
  const second = await kidOf();
  expect(second).not.toBe(first);
  expect((await published()).sort()).toEqual([first, second].sort());
  // The last token of the first key lives its whole life.
  await verifierOf(auth.publicKeys).verify(last);
  later(12 * MINUTE);
  await verifierOf(auth.publicKeys).verify(last);

  later(20 * MINUTE);
  expect(await published()).toEqual([second]);
});

test("a rotation loses no token: each verifies from its first moment, at a verifier that is older", async () => {
  const auth = withKeyPairs();
  const verifier = verifierOf(auth.publicKeys);
  const { id, cookie } = await signUp(auth);
  const kids = new Set<string>();
  for (const minutes of [0, 61, 61]) {
    later(minutes * MINUTE);
    const { token } = await tokenFor(cookie, auth);
    expect((await verifier.verify(token)).userId).toBe(id);
    kids.add(read(token).header.kid);
  }
  expect(kids.size).toBe(3);
});

describe("the secret that encrypts the private keys", () => {
  test("can be rotated: the same key pair signs on", async () => {
    const before = withKeyPairs();
    const { cookie } = await signUp(before);
    const kid = read((await tokenFor(cookie, before)).token).header.kid;
    const promoted = withKeyPairs({ secret: nextSecret, previousSecrets: [secret] });
    const { token } = await tokenFor(cookie, promoted);
    expect(read(token).header.kid).toBe(kid);
    expect(await database.client.jwks.findFirst()).toMatchObject({
      privateKey: expect.not.stringContaining('"d"'),
    });
  });

  test("replaced at one process after the other, costs each a key pair of its own", async () => {
    const [before, after] = [withKeyPairs(), withKeyPairs({ secret: nextSecret })];
    const people = await Promise.all([before, after].map(signUp));
    const verifier = verifierOf(after.publicKeys);
    for (let turn = 0; turn < 6; turn++) {
      for (const [at, auth] of [before, after].entries()) {
        const { token } = await tokenFor(people[at]?.cookie ?? "", auth);
        await verifier.verify(token);
      }
    }
    expect(await database.client.jwks.count()).toBe(2);
  });

  test("retired early, costs the key pair but no token", async () => {
    const before = withKeyPairs();
    const old = await tokenFor((await signUp(before)).cookie, before);
    const retired = withKeyPairs({ secret: nextSecret });
    const { cookie } = await signUp(retired);
    const tokens = await Promise.all([1, 2, 3].map(() => tokenFor(cookie, retired)));
    expect(await database.client.jwks.count()).toBe(2);
    const verifier = verifierOf(retired.publicKeys);
    for (const { token } of [old, ...tokens]) await verifier.verify(token);
  });
});
