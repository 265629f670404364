import { deriveKey } from "@taskbridge/bridge";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readSettings } from "../src/env.ts";

const secret = "a secret of the tests which is long enough to be taken";
const previous = "another secret of the tests which was current before";
const asText = async (from: string) => Buffer.from(await deriveKey(from)).toString("base64url");

const sound = {
  DATABASE_URL: "postgresql://me@127.0.0.1/tasks",
  REQUEST_DATABASE_URL: "",
  BETTER_AUTH_SECRET: secret,
  BETTER_AUTH_SECRETS_PREVIOUS: "",
  ACCESS_TOKEN_KEY: "",
  ACCESS_TOKEN_KEYS_PREVIOUS: "",
  BETTER_AUTH_URL: "https://tasks.example.com",
  BRIDGE_ALG: "",
  JWKS_URL: "",
  PORT: "",
  HOST: "",
  CORS_ORIGINS: "",
  RATE_LIMIT: "",
  API_RATE_LIMIT: "",
  MAX_TASKS_PER_USER: "",
};
const set = (settings: Partial<typeof sound>) => {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
};

// Every setting is given, so no `.env` has a say.
beforeEach(() => set(sound));
afterEach(() => {
  vi.unstubAllEnvs();
});

test("the secret and the derived key alone come to the same keys", async () => {
  set({ BETTER_AUTH_SECRETS_PREVIOUS: previous });
  const { keys, ...rest } = await readSettings();
  expect(keys).toEqual({ key: await deriveKey(secret), previousKeys: [await deriveKey(previous)] });
  expect(rest).toMatchObject({ port: 3001, rateLimit: true, apiRateLimit: 600 });

  set({ BETTER_AUTH_SECRET: "", BETTER_AUTH_SECRETS_PREVIOUS: "" });
  set({
    ACCESS_TOKEN_KEY: await asText(secret),
    ACCESS_TOKEN_KEYS_PREVIOUS: ` ${await asText(previous)} ,`,
  });
  const alone = await readSettings();
  expect(alone.keys).toEqual(keys);
  expect(alone.secrets).toEqual([]);
});

test("the public keys are the web host's where nothing else is said", async () => {
  expect((await readSettings()).jwksUrl).toBeUndefined();
  set({ BRIDGE_ALG: "EdDSA" });
  expect((await readSettings()).jwksUrl).toBe("https://tasks.example.com/api/auth/jwks");
  set({ JWKS_URL: "http://localhost:3000/api/auth/jwks" });
  expect((await readSettings()).jwksUrl).toBe("http://localhost:3000/api/auth/jwks");
});

describe("one clear sentence for", () => {
  const key = "nJ3aGVm2yO3nT1TPqz5oH6bqvKZ8sB0h4bB1Xc2dE7I";
  test.each([
    ["no database", { DATABASE_URL: "" }, /^DATABASE_URL is missing: the embedded database /],
    ["no issuer", { BETTER_AUTH_URL: "" }, /^BETTER_AUTH_URL is missing: /],
    ["an issuer that is none", { BETTER_AUTH_URL: "tasks" }, /^BETTER_AUTH_URL must be an origin/],
    ["neither secret nor key", { BETTER_AUTH_SECRET: "" }, /KEY are missing: set one of the two/],
    ["both", { ACCESS_TOKEN_KEY: key }, /KEY are both set: set one of the two/],
    ["a weak secret", { BETTER_AUTH_SECRET: "short" }, /^BETTER_AUTH_SECRET has only 5 bytes/],
    [
      "a key that is too short",
      { BETTER_AUTH_SECRET: "", ACCESS_TOKEN_KEY: key.slice(1) },
      /^ACCESS_TOKEN_KEY is no derived key/,
    ],
    [
      "a key of one byte",
      { BETTER_AUTH_SECRET: "", ACCESS_TOKEN_KEY: "A".repeat(43) },
      /^ACCESS_TOKEN_KEY is no derived key/,
    ],
    [
      "a previous key that is none",
      { BETTER_AUTH_SECRET: "", ACCESS_TOKEN_KEY: key, ACCESS_TOKEN_KEYS_PREVIOUS: `${key},x` },
      /^ACCESS_TOKEN_KEYS_PREVIOUS is no derived key/,
    ],
    [
      "a previous secret beside a key",
      { BETTER_AUTH_SECRET: "", ACCESS_TOKEN_KEY: key, BETTER_AUTH_SECRETS_PREVIOUS: previous },
      /^BETTER_AUTH_SECRETS_PREVIOUS is only taken beside BETTER_AUTH_SECRET/,
    ],
    [
      "a previous key beside a secret",
      { ACCESS_TOKEN_KEYS_PREVIOUS: key },
      /^ACCESS_TOKEN_KEYS_PREVIOUS is only taken beside ACCESS_TOKEN_KEY/,
    ],
    ["an algorithm that is none", { BRIDGE_ALG: "none" }, /^BRIDGE_ALG must be/],
    ["a key set with HS256", { JWKS_URL: "https://tasks.example.com/keys" }, /^JWKS_URL is only/],
    [
      "a key set that others could change",
      { BRIDGE_ALG: "EdDSA", JWKS_URL: "http://tasks.example.com/keys" },
      /^JWKS_URL must be an https address/,
    ],
    [
      "a web host whose key set others could change",
      { BRIDGE_ALG: "EdDSA", BETTER_AUTH_URL: "http://tasks.example.com" },
      /^JWKS_URL must be an https address/,
    ],
    ["a port that is none", { PORT: "http" }, /^PORT must be/],
    ["every origin", { CORS_ORIGINS: "*" }, /^CORS_ORIGINS must be an origin such as https/],
    ["a switch that is none", { RATE_LIMIT: "maybe" }, /^RATE_LIMIT must be on or off/],
    [
      "a number of tasks that is none",
      { MAX_TASKS_PER_USER: "many" },
      /^MAX_TASKS_PER_USER must be/,
    ],
    ["a limit that is none", { API_RATE_LIMIT: "0" }, /^API_RATE_LIMIT must be/],
  ])("%s", async (_, settings, sentence) => {
    set(settings);
    const error = await readSettings().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name: expect.stringMatching(/^(SettingsError|WeakSecretError)$/),
      message: expect.stringMatching(sentence),
    });
    expect((error as Error).message).not.toContain(key);
  });
});

test("requests may log in on their own, and as the owner by leaving it out alone", async () => {
  expect((await readSettings()).requestDatabaseUrl).toBeUndefined();
  set({ REQUEST_DATABASE_URL: "postgresql://requests@127.0.0.1/tasks" });
  expect((await readSettings()).requestDatabaseUrl).toBe("postgresql://requests@127.0.0.1/tasks");
  set({ REQUEST_DATABASE_URL: sound.DATABASE_URL });
  await expect(readSettings()).rejects.toThrow(/REQUEST_DATABASE_URL is DATABASE_URL itself/);
});
