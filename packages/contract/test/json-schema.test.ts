import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  changeManySchema,
  dateSchema,
  importedTaskSchema,
  notesSchema,
  setCompletedSchema,
  taskChangesSchema,
  taskCreateSchema,
  taskQuerySchema,
  titleSchema,
} from "../src/index.ts";

const ajv = new Ajv2020({ validateFormats: false, strict: true, strictTypes: false });

/** Both verdicts on values of a kind: whoever reads the JSON Schema must not be misled. */
function agree(schema: z.ZodType, values: fc.Arbitrary<unknown>, but = (_: unknown) => false) {
  const validate = ajv.compile(z.toJSONSchema(schema, { io: "input" }));
  const seen = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(values, (value) => {
      const { success } = schema.safeParse(value);
      seen[success ? "accepted" : "refused"] += 1;
      if (!but(value)) expect([value, validate(value)]).toEqual([value, success]);
    }),
    { numRuns: 3_000, seed: 20_261_121 },
  );
  // Else the values would have shown nothing.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
}

const around = (limit: number) => fc.constantFrom(0, 1, 2, limit - 1, limit, limit + 1);
const spaces = [
  " ",
  "\t",
  "\n",
  "\u000b",
  "\u0085",
  "\u00a0",
  "\u200b",
  "\u2028",
  "\u3000",
  "\ufeff",
];
const odd = ["\u0000", "\ud800", "\udc00", "\u001c", "\u007f", "e\u0301", "\u{1f600}", "a", "é"];

/** Text about as long as may be, with every kind of space at its ends and, seldom, what is refused. */
const text = (limit: number) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...spaces), { maxLength: 3 }),
      fc.constantFrom("a", "\u{1f600}", "\u00a0x"),
      around(limit),
      fc.option(fc.constantFrom(...odd), { nil: "", freq: 2 }),
      fc.array(fc.constantFrom(...spaces), { maxLength: 3 }),
    )
    .map(([before, character, count, other, after]) =>
      [...before, character.repeat(count), other, ...after].join(""),
    );

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 5 }), fc.string());
const title = fc.oneof(text(200), text(50), anyText);
const notes = fc.oneof(text(10_000), anyText);
const tags = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom("a", "b", "c", " a") }, text(50)),
  {
    maxLength: 6,
  },
);
const manyTags = fc.nat(22).map((count) => Array.from({ length: count }, (_, at) => `tag ${at}`));
const number = (max: number) => fc.integer({ min: 0, max });
const pad = (value: number, length: number) => String(value).padStart(length, "0");
const day = fc
  .tuple(fc.constantFrom(0, 1, 1900, 2000, 2024, 2026, 9999, 10_000), number(13), number(32))
  .map(([y, m, d]) => `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`);
const instant = fc
  .tuple(
    fc.constantFrom("2026-01-31", "0000-01-01", "2024-02-30", "1999-12-31"),
    fc.constantFrom("T00:00:00", "T23:59:59.123456", "T24:00:00", "T09:30", " 09:30:00"),
    fc.constantFrom("Z", "z", "+02:00", "-23:59", "+24:00", ""),
  )
  .map((parts) => parts.join(""));
const date = fc.oneof(day, instant, anyText);
const other = fc.constantFrom<unknown>(null, true, 0, "", [], {}, "none");
/** Nearly always of the kind that is asked for. */
const mostly = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: other });

const fields = {
  title: mostly(fc.oneof({ weight: 3, arbitrary: fc.constant("Good") }, title)),
  notes: mostly(fc.oneof({ weight: 3, arbitrary: fc.constant("") }, notes)),
  completed: mostly(fc.boolean()),
  dueDate: mostly(fc.oneof(day, fc.constant(null))),
  priority: mostly(fc.constantFrom("none", "low", "high")),
  tags: mostly(fc.oneof(tags, manyTags)),
};
const extra = { extra: other };
const seldom = { requiredKeys: [] as [] };
const bodies = (more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ ...fields, ...more }, seldom) },
    { weight: 1, arbitrary: fc.record({ ...fields, ...more, ...extra }, seldom) },
    { weight: 1, arbitrary: other },
  );

/** JSON Schema cannot say that what is told apart by spaces, or by case, is the same. */
const twins = (field: string, same: (text: string) => string) => (value: unknown) => {
  const list = (value as Record<string, unknown> | null)?.[field];
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string")) return false;
  return new Set(list.map(same)).size < new Set(list).size;
};
const twinTags = twins("tags", (tag) => tag.trim());

describe("JSON Schema and the schema that checks agree on", () => {
  test("titles", () => agree(titleSchema, title));
  test("notes", () => agree(notesSchema, notes));
  test("days", () => agree(dateSchema, fc.oneof({ weight: 5, arbitrary: day }, date)));
  test("new tasks", () => agree(taskCreateSchema, bodies(), twinTags));
  test("changes", () => agree(taskChangesSchema, bodies(), twinTags));

  test("imported tasks", () => {
    const instants = mostly(fc.oneof(instant, fc.constant(null)));
    const more = { id: other, version: other, completedAt: instants, createdAt: instants };
    agree(importedTaskSchema, bodies(more), twinTags);
  });

  test("many ids", () => {
    const ids = fc.oneof(
      fc.array(fc.constantFrom("a", "A", "b", "c", 1), { maxLength: 4 }),
      fc.nat(102).map((count) => Array.from({ length: count }, (_, at) => `${at}`)),
    );
    const body = fc.record({ ids: mostly(ids), completed: mostly(fc.boolean()) }, seldom);
    agree(
      setCompletedSchema,
      body,
      twins("ids", (id) => id.toLowerCase()),
    );
  });

  test("changes of many", () => {
    const change = {
      completed: mostly(fc.boolean()),
      dueDate: mostly(day),
      addTag: mostly(text(50)),
      deleted: mostly(fc.boolean()),
      title: fc.constant("x"),
    };
    const changes = fc.oneof(
      ...Object.entries(change).map(([name, value]) => value.map((it) => ({ [name]: it }))),
      fc.constant({}),
      fc.constant({ completed: true, deleted: false }),
    );
    const body = { ids: mostly(fc.constant(["a", "b"])), change: mostly(changes) };
    agree(changeManySchema, fc.record(body, seldom));
  });

  test("queries", () => {
    const query = {
      status: mostly(fc.constantFrom("open", "all", "some")),
      q: mostly(fc.oneof(text(200), anyText)),
      tag: mostly(text(50)),
      dueBefore: mostly(day),
      sort: mostly(fc.constantFrom("due", "created")),
      limit: mostly(fc.integer({ min: 0, max: 101 })),
      cursor: mostly(fc.constantFrom("a.b", "a", ".", "a.b.c", "é.a", `${"a".repeat(1_998)}.b`)),
    };
    agree(taskQuerySchema, fc.record(query, seldom));
  });
});
