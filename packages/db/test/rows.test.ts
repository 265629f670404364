import pg from "pg";
import { expect, test } from "vitest";
import { instantOf, textsOf } from "../src/rows.ts";

/** As PostgreSQL writes it: without the fraction's last zeros. */
const written = (at: Date) =>
  `${at
    .toISOString()
    .replace("T", " ")
    .replace(/\.?0*Z$/, "")}+00`;

test("an instant is what a Date would make of it", () => {
  const first = Date.parse("0001-01-01T00:00:00Z");
  const last = Date.parse("9999-12-31T23:59:59.999Z");
  // Steps that meet every length of the fraction.
  for (let ms = first; ms <= last; ms += 1_234_567_891_010) {
    for (const more of [0, 1, 10, 100, 990]) {
      const at = new Date(ms + more);
      expect(instantOf(written(at))).toBe(at.toISOString());
    }
  }
});

test.each([
  ["2026-11-21 16:27:29+00", "2026-11-21T16:27:29.000Z"],
  ["2026-11-21 16:27:29.1+00", "2026-11-21T16:27:29.100Z"],
  ["2026-11-21 16:27:29.02+00", "2026-11-21T16:27:29.020Z"],
  ["2026-11-21 16:27:29.123+00", "2026-11-21T16:27:29.123Z"],
  ["2026-11-21 16:27:29.123456+00", "2026-11-21T16:27:29.123Z"],
  ["2026-11-21 21:57:29.5+05:30", "2026-11-21T16:27:29.500Z"],
  ["12026-11-21 16:27:29+00", "+012026-11-21T16:27:29.000Z"],
  ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
  ["infinity", "infinity"],
])("%s is %s", (text, instant) => {
  expect(instantOf(text)).toBe(instant);
});

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
const plain = /^[^\s"\\{},]+$/;
/** As PostgreSQL writes an array: quotes where they must be. */
const array = (texts: string[]) =>
  `{${texts.map((text) => (plain.test(text) && !/^null$/i.test(text) ? text : quoted(text))).join(",")}}`;

test("an array of texts is what pg makes of it", () => {
  const pgTexts = pg.types.getTypeParser(1009 as never, "text");
  const texts = ["a", "NULL", "null", "nullable", "a,b", "", "{}", '"', "\\", "ä b", " c "];
  for (const one of texts) {
    expect(textsOf(array([one]))).toEqual([one]);
    for (const two of texts) expect(textsOf(array([one, two]))).toEqual([one, two]);
  }
  expect(textsOf("{}")).toEqual([]);
  for (const rare of ["{NULL,a}", "{{a,b},{c,d}}", "[0:1]={a,b}"]) {
    expect(textsOf(rare)).toEqual(pgTexts(rare));
  }
});
