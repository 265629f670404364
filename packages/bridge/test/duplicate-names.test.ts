import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted, CLAIMS, HEADER, refuses, signText } from "./helpers.ts";

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
