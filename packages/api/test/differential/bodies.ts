import fc, { type Arbitrary } from "fast-check";
import { completed, type Json, type Member, mix, nested, oneOf, taskFields } from "./values.ts";

/** A body's members, or a text that is no JSON object. */
export type Body = Member[] | Json;

export const objectOf = (members: readonly Member[]): Json =>
  `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;

export const strangers = oneOf<Member>(
  ["userId", '"⟨other⟩"'],
  ["colour", '"red"'],
  ["__proto__", '"x"'],
  ["a/b~c", "1"],
  ["", "null"],
  ["__proto__", '{"completed":true}'],
  ["constructor", "1"],
  ["TITLE", '"x"'],
  ["deletedAt", '"2020-01-01T00:00:00Z"'],
);

/** Some of the fields, now and then with one that is not known, one twice, or without a needed one. */
export function members(
  fields: Record<string, Arbitrary<Json>>,
  needed: string[] = [],
): Arbitrary<Member[]> {
  const known = fc.record(fields, { requiredKeys: needed }).map((record) => Object.entries(record));
  const change = mix<string>(
    [24, oneOf("none")],
    [1, oneOf("stranger", "twice", "needed left out")],
  );
  return fc.tuple(known, change, strangers).map(([some, what, stranger]) => {
    if (what === "stranger") return [...some, stranger];
    if (what === "twice") return [...some, ...some.slice(0, 1)];
    return what === "none" ? some : some.filter(([name]) => !needed.includes(name));
  });
}

const noObjects: Arbitrary<Json> = oneOf(
  ...["{", '{"title":"a",}', "nope", "{'title':'a'}", '{"title":"a"}}', '{"title":NaN}', " "],
  ...["[]", "null", '"title"', "5", "true", '[{"title":"a"}]', "1e400", nested(10_000)],
  ...[
    '{"title":"a\nb"}',
    '{"title":"\\x41"}',
    "// c\n{}",
    '{"title":01}',
    "{}{}",
    "[".repeat(9000),
  ],
);

const body = (usual: Arbitrary<Member[]>): Arbitrary<Body> =>
  mix<Body>([20, usual], [1, noObjects]);

export const newTask = body(members(taskFields, ["title"]));
export const changes = body(members(taskFields));

/** A task that all is right with. */
export const goodTask: Arbitrary<Body> = oneOf<Body>(
  [["title", '"Good"']],
  [
    ["title", '"Better"'],
    ["tags", '["home"]'],
  ],
);

/** Tasks' ids, most of them one's own. */
export const taskId: Arbitrary<string> = mix(
  [24, fc.nat({ max: 40 }).map((n) => `⟨own ${n}⟩`)],
  [3, fc.nat({ max: 9 }).map((n) => `⟨other ${n}⟩`)],
  [1, fc.nat({ max: 9 }).map((n) => `⟨OWN ${n}⟩`)],
  [1, oneOf("01890000-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000")],
  [
    2,
    oneOf(
      ...["x", "{⟨own 1⟩}", "urn:uuid:⟨own 2⟩", "⟨own 3⟩ ", "⟨own 1⟩0", "\u0000", "a/b", "%2e%2e"],
      ...[
        "' OR 1=1 --",
        "💥",
        "%",
        "_",
        "null",
        "⟨own 1⟩,⟨own 2⟩",
        "…/…",
        "a?b#c",
        "id".repeat(500),
      ],
    ),
  ],
);

const ids: Arbitrary<Json> = mix(
  [
    12,
    fc
      .uniqueArray(taskId, { minLength: 1, maxLength: 4 })
      .map((some) => `[${some.map((id) => JSON.stringify(id)).join()}]`),
  ],
  [1, oneOf("[]", '["⟨own 1⟩","⟨OWN 1⟩"]', '["⟨own 1⟩","⟨own 1⟩"]', '"⟨own 1⟩"', "[1]", "null")],
  [1, oneOf(100, 101).map((n) => `[${Array.from({ length: n }, (_, at) => `"${at}"`).join()}]`)],
);
export const deleteManyBody = body(members({ ids }, ["ids"]));
export const setCompletedBody = body(members({ ids, completed }, ["ids", "completed"]));
