import { describe, it } from "vitest";
import type { BridgeErrorCode } from "../src/index.ts";
import {
  CLAIMS,
  expectAccepted,
  expectRefused,
  HEADER,
  mint,
  NOW,
  signText,
  verifierOf,
} from "./helpers.ts";

/** The claims as text, with `iat` or `exp` written as given: JSON.stringify knows no 1e400. */
const written = (name: "iat" | "exp", literal: string) =>
  signText(
    JSON.stringify(HEADER),
    JSON.stringify(CLAIMS).replace(new RegExp(`"${name}":\\d+`), `"${name}":${literal}`),
  );

describe("the times are refused:", () => {
  const refused: [name: string, code: BridgeErrorCode, claims: object][] = [
    ["exp a second ago", "token_expired", { iat: NOW - 901, exp: NOW - 1 }],
    ["exp now", "token_expired", { iat: NOW - 900, exp: NOW }],
    ["exp years ago", "token_expired", { iat: 1_000_000_000, exp: 1_000_000_900 }],
    ["exp 1, iat 0", "token_expired", { iat: 0, exp: 1 }],
    ["iat 31 s in the future", "token_not_yet_valid", { iat: NOW + 31, exp: NOW + 900 }],
    ["iat years in the future", "token_not_yet_valid", { iat: NOW + 1e8, exp: NOW + 1e8 + 900 }],
    ["nbf 31 s in the future", "token_not_yet_valid", { nbf: NOW + 31 }],
    [
      "iat 31 s in the future, whatever nbf says",
      "token_not_yet_valid",
      { iat: NOW + 31, exp: NOW + 900, nbf: 0 },
    ],
    ["iat and exp negative", "token_claims", { iat: -100, exp: -1 }],
    ["nbf negative", "token_claims", { nbf: -1 }],
    ["nbf a string", "token_claims", { nbf: String(NOW) }],
    ["nbf null", "token_claims", { nbf: null }],
    ["nbf a fraction", "token_claims", { nbf: NOW - 0.5 }],
    ["a lifetime of 901 s", "token_claims", { iat: NOW - 10, exp: NOW + 891 }],
    ["a lifetime of a year", "token_claims", { exp: NOW + 31_536_000 }],
    ["a lifetime of nothing", "token_claims", { iat: NOW + 1, exp: NOW + 1 }],
    ["exp before iat", "token_claims", { iat: NOW + 2, exp: NOW + 1 }],
    ["exp in milliseconds", "token_claims", { exp: (NOW + 890) * 1000 }],
    ["iat and exp in milliseconds", "token_claims", { iat: NOW * 1000, exp: (NOW + 890) * 1000 }],
    ["no exp", "token_claims", { exp: undefined }],
    ["exp null", "token_claims", { exp: null }],
    ["exp a string", "token_claims", { exp: String(NOW + 890) }],
    ["exp a date", "token_claims", { exp: new Date((NOW + 890) * 1000) }],
    ["exp true", "token_claims", { exp: true }],
    ["exp in an array", "token_claims", { exp: [NOW + 890] }],
    ["exp an object", "token_claims", { exp: {} }],
    ["exp negative", "token_claims", { exp: -1 }],
    ["exp a fraction", "token_claims", { exp: NOW + 890.5 }],
    ["exp past the safe integers", "token_claims", { exp: 2 ** 53 }],
    ["no iat", "token_claims", { iat: undefined }],
    ["iat null", "token_claims", { iat: null }],
    ["iat a string", "token_claims", { iat: String(NOW) }],
    ["iat in an array", "token_claims", { iat: [NOW] }],
    ["iat negative", "token_claims", { iat: -1 }],
    ["iat a fraction", "token_claims", { iat: NOW - 10.5 }],
    ["iat false", "token_claims", { iat: false }],
  ];
  it.each(refused)("%s -> %s", (_name, code, claims) => expectRefused(mint({ claims }), code));

  it.each([
    ["exp", "1e400"],
    ["exp", "-1e400"],
    ["iat", "1e400"],
    ["iat", "-1e400"],
    ["exp", "9".repeat(400)],
    ["exp", `${NOW + 890}.000001`],
    ["iat", "1e-400"],
  ] as const)("%s written as %.20s", (name, literal) =>
    expectRefused(written(name, literal), "token_claims"),
  );
});

describe("the times are accepted:", () => {
  const accepted: [name: string, claims: object][] = [
    ["issued now", { iat: NOW, exp: NOW + 900 }],
    ["in its last second", { iat: NOW - 899, exp: NOW + 1 }],
    ["iat 30 s in the future, the tolerance", { iat: NOW + 30, exp: NOW + 930 }],
    ["a lifetime of exactly 900 s", { iat: NOW - 100, exp: NOW + 800 }],
    ["a lifetime of a second", { iat: NOW, exp: NOW + 1 }],
    ["nbf now", { nbf: NOW }],
    ["nbf 30 s in the future, the tolerance", { nbf: NOW + 30 }],
    ["nbf before iat", { nbf: 0 }],
  ];
  it.each(accepted)("%s", (_name, claims) => expectAccepted(mint({ claims })));
  it("an exponent that makes a whole number", () => expectAccepted(written("iat", "1.8e9")));
});

describe("by the verifier's clock, to the millisecond:", () => {
  const at = (ms: number) => verifierOf({ now: () => ms });
  const { exp, iat } = CLAIMS;

  it("a millisecond before exp: accepted", () => expectAccepted(mint(), at(exp * 1000 - 1)));
  it("at exp: expired", () => expectRefused(mint(), "token_expired", at(exp * 1000)));
  it("exp has no tolerance", () => expectRefused(mint(), "token_expired", at(exp * 1000 + 1)));
  it("30 s before iat: accepted", () => expectAccepted(mint(), at((iat - 30) * 1000)));
  it("a millisecond before that: not yet valid", () =>
    expectRefused(mint(), "token_not_yet_valid", at((iat - 30) * 1000 - 1)));
  it("a clock that is not a number accepts nothing", () =>
    expectRefused(mint(), "token_expired", at(Number.NaN)));
  it("a clock that fails is an outage, not a 401", () =>
    expectRefused(
      mint(),
      "verifier_unavailable",
      verifierOf({
        now: () => {
          throw new Error("no clock");
        },
      }),
    ));
  it("the system's clock where none is given", async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iat: now, exp: now + 900 };
    await expectAccepted(mint({ claims }), verifierOf({ now: undefined }));
    await expectRefused(
      mint({ claims: { iat: now - 901, exp: now - 1 } }),
      "token_expired",
      verifierOf({ now: undefined }),
    );
  });
});
