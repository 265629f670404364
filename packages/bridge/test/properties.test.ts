import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError, createIssuer, readBearer } from "../src/index.ts";
import {
  ALPHABET,
  accepted,
  CLAIMS,
  HEADER,
  ISSUER,
  mint,
  NOW,
  refuses,
  SECRET,
  signText,
  verifierOf,
} from "./helpers.ts";

const verifier = verifierOf();
const issuer = createIssuer({ secret: SECRET, issuer: ISSUER, now: () => NOW * 1000 });
const RUNS = 2000;

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
