import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { assertStrongSecret, createIssuer, createVerifier, WeakSecretError } from "../src/index.ts";
import { ISSUER, KEY, OTHER_SECRET, SECRET } from "./helpers.ts";

const weak: [name: string, secret: unknown, sentence: RegExp][] = [
  ["undefined", undefined, /is missing/],
  ["null", null, /is missing/],
  ["a number", 12_345, /is missing/],
  ["an empty string", "", /is missing/],
  ["spaces", " ".repeat(40), /is missing/],
  ["one character", "x", /only 1 bytes/],
  ["31 bytes", SECRET.slice(0, 31), /only 31 bytes/],
  ["18 characters of two bytes or less", "žluťoučkýkůňžčřďťň", /only \d\d bytes/],
  ["a lone surrogate", `${SECRET}\ud800`, /not valid Unicode/],
  ["Better Auth's default", "better-auth-secret-12345678901234567890", /everybody knows/],
  [
    "Better Auth's default with a newline",
    "better-auth-secret-12345678901234567890\n",
    /everybody knows/,
  ],
  [
    "the secret of Better Auth's tests",
    "better-auth-secret-that-is-long-enough-for-validation-test",
    /everybody knows/,
  ],
  [
    "the secret of a well-known JWT debugger",
    "a-string-secret-at-least-256-bits-long",
    /everybody knows/,
  ],
  [
    "a database platform's default",
    "super-secret-jwt-token-with-at-least-32-characters-long",
    /everybody knows/,
  ],
  [
    "a database platform's example",
    "your-super-secret-jwt-token-with-at-least-32-characters-long",
    /everybody knows/,
  ],
  ["a REST server's tutorial", "reallyreallyreallyreallyverysafe", /everybody knows/],
  [
    "the key of RFC 7515's appendix",
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
    /everybody knows/,
  ],
  ["changeme", "changeme-changeme-please-changeme-now", /placeholder/],
  ["CHANGE_ME in capitals", "CHANGE_ME_TO_SOMETHING_LONG_AND_RANDOM", /placeholder/],
  ["change this", "please change this to a long random string", /placeholder/],
  ["replace me", "replace-me-with-32-random-bytes-or-more", /placeholder/],
  ["your secret", "your-secret-here-your-own-long-enough-one", /placeholder/],
  ["your random", "<your random 32 byte string goes here>", /placeholder/],
  ["placeholder", "this-is-just-a-placeholder-for-the-build", /placeholder/],
  ["one character 32 times", "a".repeat(32), /repeats a handful/],
  ["one character 64 times", "0".repeat(64), /repeats a handful/],
  ["one emoji 32 times", "🚀".repeat(32), /repeats a handful/],
  ["two characters", "ab".repeat(16), /repeats a handful/],
  ["five characters at random", "abceabdcebadecabdceabecdabecdabceda", /repeats a handful/],
];

describe("weak:", () => {
  it.each(weak)("%s", (_name, secret, sentence) => {
    const check: (value: string | undefined) => void = assertStrongSecret;
    expect(() => check(secret as string)).toThrow(WeakSecretError);
    expect(() => check(secret as string)).toThrow(sentence);
    expect(() => createVerifier({ secret: secret as string, issuer: ISSUER })).toThrow(
      WeakSecretError,
    );
    expect(() => createIssuer({ secret: secret as string, issuer: ISSUER })).toThrow(
      WeakSecretError,
    );
  });

  it("among the previous ones: named by its place", () => {
    const previousSecrets = [OTHER_SECRET, "short"];
    const build = () => createVerifier({ secret: SECRET, previousSecrets, issuer: ISSUER });
    expect(build).toThrow(WeakSecretError);
    expect(build).toThrow(/^Previous secret 2 has only 5 bytes/);
  });

  it("is named as the caller calls it, in one sentence that does not repeat it", () => {
    const check: (value: string | undefined, name: string) => void = assertStrongSecret;
    expect(() => check("hunter2-hunter2", "BETTER_AUTH_SECRET")).toThrow(
      "BETTER_AUTH_SECRET has only 15 bytes: give it at least 32 random bytes, such as `openssl rand -hex 32` prints.",
    );
  });
});

describe("strong:", () => {
  const strong: [name: string, secret: string][] = [
    ["32 random bytes in hex", SECRET],
    ["32 random characters", "q8Zt!vR2#mW9xL4pK7sD1fG6hJ3nB5cY"],
    ["with a prefix", `secret_${OTHER_SECRET}`],
    ["five words of a list", "harpoon-velvet-quarry-dizzy-molasses-fjord"],
    ["32 bytes in fewer characters", "žluťoučký kůň úpěl ďábelské ódy"],
  ];
  it.each(strong)("%s", (_name, secret) => expect(() => assertStrongSecret(secret)).not.toThrow());

  it.each(["hex", "base64", "base64url"] as const)("1000 random ones in %s", (encoding) => {
    for (let time = 0; time < 1000; time++) {
      const secret = randomBytes(32).toString(encoding);
      expect(() => assertStrongSecret(secret), secret).not.toThrow();
    }
  });
});

describe("construction fails at once", () => {
  const options = { issuer: ISSUER };
  const cases: [
    name: string,
    build: () => unknown,
    error: typeof WeakSecretError | typeof TypeError,
  ][] = [
    ["without secret and key", () => createVerifier(options), WeakSecretError],
    ["with both", () => createVerifier({ ...options, secret: SECRET, key: KEY }), TypeError],
    [
      "with a key of 31 bytes",
      () => createVerifier({ ...options, key: KEY.subarray(1) }),
      TypeError,
    ],
    [
      "with a key of 64 bytes",
      () => createVerifier({ ...options, key: Buffer.alloc(64, 3) }),
      TypeError,
    ],
    [
      "with no bytes for a key",
      () => createVerifier({ ...options, key: "k".repeat(32) as unknown as Uint8Array }),
      TypeError,
    ],
    [
      "with a key of zeros",
      () => createVerifier({ ...options, key: new Uint8Array(32) }),
      WeakSecretError,
    ],
    [
      "with a previous key of zeros",
      () => createVerifier({ ...options, key: KEY, previousKeys: [new Uint8Array(32)] }),
      WeakSecretError,
    ],
    [
      "with a weak previous secret",
      () => createVerifier({ ...options, secret: SECRET, previousSecrets: [""] }),
      WeakSecretError,
    ],
    [
      "with an empty audience",
      () => createVerifier({ ...options, secret: SECRET, audience: "" }),
      TypeError,
    ],
    [
      "an issuer's, with an empty audience",
      () => createIssuer({ ...options, secret: SECRET, audience: "" }),
      TypeError,
    ],
    [
      "an issuer's, with both",
      () => createIssuer({ ...options, secret: SECRET, key: KEY }),
      TypeError,
    ],
  ];
  it.each(cases)("%s", (_name, build, error) => expect(build).toThrow(error));

  it.each([
    undefined,
    "",
    "localhost",
    "localhost:3000",
    "http://localhost:3000/",
    "http://localhost:3000/path",
    "HTTP://localhost:3000",
    "http://LOCALHOST:3000",
    "http://localhost:80",
    "http://user@localhost",
    " http://localhost",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "null",
  ])("with the issuer %s", (issuer) => {
    const bad = { secret: SECRET, issuer: issuer as string };
    expect(() => createVerifier(bad)).toThrow(/must be an origin/);
    expect(() => createIssuer(bad)).toThrow(/must be an origin/);
  });
});
