import fc from "fast-check";
import { expect, test } from "vitest";
import { readJson } from "../src/transfer/json.ts";

test("elements know the line that they begin on", () => {
  const text = '[\n{"a":"]\\n,"},\n\n {"b":[1,\n2]}\n, 3,4\r\n,\n[\n]]';
  expect(readJson(text)).toEqual([
    { line: 2, value: { a: "]\n," } },
    { line: 4, value: { b: [1, 2] } },
    { line: 6, value: 3 },
    { line: 6, value: 4 },
    { line: 8, value: [] },
  ]);
  expect(readJson(" [ ] ")).toEqual([]);
});

test("of any array, one an element, by how it is printed", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const records = readJson(`[\n${values.map((value) => JSON.stringify(value)).join(",\n")}]`);
      expect(records.map(({ line }) => line)).toEqual(values.map((_, at) => at + 2));
      expect(JSON.stringify(records.map(({ value }) => value))).toBe(JSON.stringify(values));
    }),
  );
});

test.each([
  ["", 1],
  ["{}", 1],
  ['"text"', 1],
  ['[\n1,\n"a\n"]', 3],
  ["[1,]", 1],
])("%j is refused", (text, line) => {
  expect(() => readJson(text)).toThrow(
    expect.objectContaining({
      code: "malformed_import",
      errors: [expect.objectContaining({ pointer: "", line })],
    }),
  );
});
