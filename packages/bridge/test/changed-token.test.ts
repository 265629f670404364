import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALPHABET, accepted, mint, refuses } from "./helpers.ts";

const token = mint();
const RUNS = 2000;

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
