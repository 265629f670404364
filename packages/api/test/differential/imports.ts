import fc, { type Arbitrary } from "fast-check";
import { members, objectOf } from "./bodies.ts";
import { type Json, mix, nested, oneOf, taskFields } from "./values.ts";

/** A text to import, and what it claims to be. */
export interface ImportedText {
  format: "json" | "csv";
  text: string;
}

const instant: Arbitrary<Json> = oneOf(
  ...['"2020-01-02T03:04:05Z"', '"2020-01-02T03:04:05.678+02:00"', '"2019-12-31T23:59:59Z"'],
  ...['"2999-01-01T00:00:00Z"', '"yesterday"', "null", "0", '"0000-01-01T00:00:00Z"'],
);
const imported = members(
  { ...taskFields, createdAt: instant, completedAt: instant, id: oneOf('"⟨own 1⟩"', "1") },
  ["title"],
).map(objectOf);

const jsonTexts = mix(
  [8, fc.array(imported, { maxLength: 3 }).map((tasks) => `[\n${tasks.join(",\n")}\n]`)],
  [2, oneOf('[{"title":"One"},\n{"title":"Two","tags":["home"]}]')],
  [
    1,
    oneOf("", "[", "{}", "null", '[{"title":"a"},]', "[1,\nnull]", '[{"title":"a","title":"b"}]'),
  ],
  [1, oneOf(nested(30_000), "[".repeat(30_000), '[{"title":1e400}]', '[{"__proto__":{}}]', "[[]]")],
);

const cell = oneOf(
  ...[
    "Milk",
    "",
    "true",
    "TRUE",
    "false",
    "high",
    "2024-02-29",
    "2026-02-30",
    "home;work",
    "a\\;b",
  ],
  ...[
    '"quoted, ""so"""',
    '"two\nlines"',
    "'=1+1",
    "=1+1",
    " spaced ",
    "\u0000",
    "🦄",
    "%",
    "urgent",
  ],
  ...["2020-01-02T03:04:05Z", "2999-01-01T00:00:00Z", "a;a", '"open', 'mid"quote', "⟨own 1⟩"],
);
const header = oneOf(
  ...["title", "title,tags", "title,completed,dueDate", "priority,title", "title,completedAt"],
  ...[
    "title,title",
    "notes",
    "title,userId",
    "id,title,version",
    "",
    " title , notes ",
    "title,notes",
  ],
);
const end = oneOf("\n", "\r\n");

const csvTexts = mix(
  [
    8,
    fc
      .tuple(
        header,
        fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
        end,
      )
      .map(([first, rows, eol]) => [first, ...rows.map((row) => row.join())].join(eol)),
  ],
  [3, oneOf("title\nOne\nTwo", "title,tags\r\nThree,home;work\r\n", "\ufefftitle\nMarked")],
  [1, oneOf("\n\n", "title", "title\n\n\nx\n", `title\n${"x".repeat(201)}`, 'title\n"a"b')],
);

export const importedTexts: Arbitrary<ImportedText> = fc.oneof(
  fc.record({ format: oneOf("json" as const), text: jsonTexts }),
  fc.record({ format: oneOf("csv" as const), text: csvTexts }),
);
