import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError, createIssuer, readBearer } from "../src/index.ts";
import { CLAIMS, HEADER, ISSUER, mint, NOW, SECRET, signText, verifierOf } from "./helpers.ts";

const verifier = verifierOf();
const issuer = createIssuer({ secret: SECRET, issuer: ISSUER, now: () => NOW * 1000 });
const token = mint();
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const RUNS = 2000;

/** Whether it is accepted. Fails on anything thrown that is not a `BridgeError`. */
const accepted = (input: unknown) =>
  verifier.verify(input as string).then(
    () => true,
    (error: unknown) => {
      if (error instanceof BridgeError) return false;
      throw error;
    },
  );
const refuses = async (input: unknown) => {
  expect(await accepted(input)).toBe(false);
};

const place = fc.nat({ max: token.length - 1 });
const character = fc.oneof(
  fc.constantFrom(...ALPHABET, ".", "=", "+", "/", " ", "\n", "\0"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

describe("no change of a valid token is accepted:", () => {
  // The valid token is remembered first: the cache must not lend it to a neighbour.
  it("the token itself is", async () => expect(await accepted(token)).toBe(true));

  it("every single character, replaced by every other one of the alphabet", async () => {
    for (let at = 0; at < token.length; at++) {
      const others = [...ALPHABET, ".", "="].filter((other) => other !== token[at]);
      const changed = others.map((other) => token.slice(0, at) + other + token.slice(at + 1));
      expect(await Promise.all(changed.map(accepted))).not.toContain(true);
    }
  }, 60_000);

  it("any character, replaced by any", () =>
    fc.assert(
      fc.asyncProperty(place, character, async (at, other) => {
        fc.pre(other !== token[at]);
        await refuses(token.slice(0, at) + other + token.slice(at + 1));
      }),
      { numRuns: RUNS },
    ));

  it("any character, inserted anywhere", () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: token.length }), character, (at, other) =>
        refuses(token.slice(0, at) + other + token.slice(at)),
      ),
      { numRuns: RUNS },
    ));

  it("every single character, deleted", async () => {
    for (let at = 0; at < token.length; at++) {
      await refuses(token.slice(0, at) + token.slice(at + 1));
    }
  });

  it("two characters, swapped", () =>
    fc.assert(
      fc.asyncProperty(place, place, async (one, two) => {
        fc.pre(token[one] !== token[two]);
        const characters = [...token];
        [characters[one], characters[two]] = [token[two] ?? "", token[one] ?? ""];
        await refuses(characters.join(""));
      }),
      { numRuns: RUNS },
    ));

  it("cut off anywhere, at either end", async () => {
    for (let at = 0; at < token.length; at++) {
      await refuses(token.slice(0, at));
      if (at > 0) await refuses(token.slice(at));
    }
  });

  it("parts of two valid tokens, mixed", async () => {
    const one = mint().split(".");
    const two = mint({ claims: { sub: "user-2", user_id: "user-2" } }).split(".");
    await refuses([one[0], one[1], two[2]].join("."));
    await refuses([one[0], two[1], one[2]].join("."));
  });
});

describe("no input makes verify throw anything but its own errors:", () => {
  const base64url = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 60 });
  const json = fc.jsonValue({ maxDepth: 4 });

  it("any value", () =>
    fc.assert(
      fc.asyncProperty(
        fc.anything({ withBigInt: true, withDate: true, withTypedArray: true }),
        refuses,
      ),
      { numRuns: RUNS },
    ));
  it("any text", () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), refuses), { numRuns: RUNS }));
  it("any three parts", () =>
    fc.assert(
      fc.asyncProperty(base64url, base64url, base64url, (...parts) => refuses(parts.join("."))),
      { numRuns: RUNS },
    ));
  it("any bytes for a header, rightly signed", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), (bytes) =>
        refuses(signText(bytes, JSON.stringify(CLAIMS))),
      ),
      { numRuns: RUNS },
    ));
  it("any bytes for a payload, rightly signed", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), (bytes) =>
        refuses(signText(JSON.stringify(HEADER), bytes)),
      ),
      { numRuns: RUNS },
    ));
  it("any JSON for a payload, rightly signed", () =>
    fc.assert(
      fc.asyncProperty(json, (value) =>
        refuses(signText(JSON.stringify(HEADER), JSON.stringify(value))),
      ),
      { numRuns: RUNS },
    ));
  it("any JSON in place of any header parameter", () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(HEADER)), json, (name, value) =>
        refuses(mint({ header: { [name]: value } })),
      ),
      { numRuns: RUNS },
    ));
  it("any JSON in place of any claim: refused, or the user stays the same", () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(CLAIMS)), json, async (name, value) => {
        const changed = mint({ claims: { [name]: value } });
        if (await accepted(changed)) {
          const access = await verifier.verify(changed);
          expect(access.userId).toBe("user-1");
          for (const fact of [access.sessionId, access.tokenId]) expect(fact).toBeTypeOf("string");
        }
      }),
      { numRuns: RUNS },
    ));
  it("any text for an Authorization header", () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'Bearer bBasic,=\t.-_"a1é~') }), (value) => {
        const headers = new Headers({ authorization: value });
        try {
          expect(readBearer(headers)).toMatch(/^[\w\-.~+/]+=*$/);
        } catch (error) {
          if (!(error instanceof BridgeError)) throw error;
        }
      }),
      { numRuns: RUNS },
    ));
});

describe("a name given twice is refused, however written and wherever it stands:", () => {
  const escaped = (name: string) =>
    [...name].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const name = fc.string({ unit: fc.constantFrom(..."abz09_-.{}[]:,"), maxLength: 6 });
  const around = fc.constantFrom("{}", '{"k":{}}', "[{}]", '{"k":[1,{},"x"]}');

  it("in both halves of any object", () =>
    fc.assert(
      fc.asyncProperty(
        name,
        around,
        fc.boolean(),
        fc.jsonValue({ maxDepth: 1 }),
        async (twice, shape, hidden, between) => {
          const second = hidden ? escaped(twice) : JSON.stringify(twice).slice(1, -1);
          const value = JSON.stringify(between);
          const object = `{${JSON.stringify(twice)}:${value},"${twice}+":${value},"${second}":1}`;
          const claims = `${JSON.stringify(CLAIMS).slice(0, -1)},"x":${shape.replace("{}", () => object)}}`;
          const once = claims.replace(`,"${second}":1}`, "}");
          await refuses(signText(JSON.stringify(HEADER), claims));
          expect(await accepted(signText(JSON.stringify(HEADER), once))).toBe(true);
        },
      ),
      { numRuns: 1000 },
    ));
});

it("what is issued is verified, for every user and session id", () =>
  fc.assert(
    fc.asyncProperty(
      fc
        .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
        .filter((id) => [...id].length <= 64),
      fc
        .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
        .filter((id) => [...id].length <= 128),
      fc.integer({ min: NOW - 899, max: NOW + 5 }),
      async (userId, sessionId, issuedAt) => {
        fc.pre(!/\p{Cc}/u.test(userId + sessionId));
        const access = await verifier.verify(await issuer.issue({ userId, sessionId, issuedAt }));
        expect(access).toMatchObject({ userId, sessionId, issuedAt, expiresAt: issuedAt + 900 });
      },
    ),
    { numRuns: 1000 },
  ));
