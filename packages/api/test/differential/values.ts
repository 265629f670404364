import fc, { type Arbitrary } from "fast-check";

/**
 * Values as JSON text, because much of what is hostile in JSON (a name twice, `1e400`, half a
 * surrogate pair) is lost in values. `⟨…⟩` in a text stands for what each twin knows by another name:
 * see `history.ts`.
 */
export type Json = string;
export type Member = [name: string, value: Json];

/** Arbitraries with weights, the usual ones first. */
export function mix<T>(...parts: [weight: number, part: Arbitrary<T>][]): Arbitrary<T> {
  return fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

export const oneOf = <T>(...values: T[]): Arbitrary<T> => fc.constantFrom(...values);
const quoted = (text: Arbitrary<string>) => text.map((value) => JSON.stringify(value));

/** How deep is deep enough for a recursive reader to fall over. */
export const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const words = oneOf("milk", "Milk", "buy", "Écrire", "ecrire", "apple 100%", "two words");
const oddTexts = oneOf(
  ...["%", "_", "\\", "%%__\\\\", "'; DROP TABLE task; --", "' OR '1'='1", "$1", "\\%"],
  ...["🦄", "👩‍👩‍👧", "שלום", "\u202eabc", "İstanbul", "ß", "e\u0301", "ﬃ", "ﷺ", "\u00a0x\u2003"],
  ...["a+b c&d=e#f?g;h", "=1+1", "'=x", 'a,b;"c"\n\r\t', "\ufeffx", "\u0085", "~0/~1", "%00"],
  ...["__proto__", "null", "true", "<script>", "\x1b[31m", "2026-01-01", "1e1", "a;b\\", "\u007f"],
);
const unstorable = oneOf("\u0000", "a\u0000b", "\ud83d", "\udc00x", "x\ud83d\u0000");
const blank = oneOf("", " ", "\t\n", "\u2003\u00a0");

const wrongTypes: Arbitrary<Json> = oneOf(
  ...["null", "true", "0", "-1", "1.5", "1e400", "-0", "123456789012345678901234567890"],
  ...["[]", "{}", '["milk"]', '[["milk"]]', '{"__proto__":{"x":1}}', '{"length":1}', nested(2000)],
);

/** Usually what a field takes, sometimes what it only just does not, sometimes another type. */
const field = (good: Arbitrary<Json>, nearly: Arbitrary<Json>) =>
  mix([16, good], [1, nearly], [1, wrongTypes]);

const ofLength = (...lengths: number[]) =>
  fc.tuple(oneOf("x", "🦄", "é"), oneOf(...lengths)).map(([unit, length]) => unit.repeat(length));

/** Text of at most `max` code points. */
const text = (max: number) =>
  field(
    quoted(mix([4, words], [3, oddTexts], [2, fc.string({ unit: "grapheme", maxLength: 8 })])),
    quoted(mix([2, ofLength(max, max + 1)], [1, unstorable], [1, blank])),
  );

const days = ["2024-02-29", "1999-12-31", "2099-01-01", "9999-12-31", "0001-01-01", "2030-06-15"];
const noDays = ["2026-02-30", "2025-02-29", "0000-01-01", "10000-01-01", "2026-2-3", "26-01-01"];
const day = field(
  quoted(oneOf(...days)),
  quoted(oneOf(...noDays, "", "2026-01-01T00:00:00Z", " 2026-01-01", "2026-13-01", "infinity")),
);
const priorities = ["none", "low", "medium", "high"];
const chosen = (...names: string[]) =>
  field(quoted(oneOf(...names)), quoted(oneOf("", " ", "HIGH", "urgent", "Open", "toString")));
const boolean = field(oneOf("true", "false"), oneOf('"true"', '"false"', "1", "0", '""', '"on"'));

export const tag = quoted(mix([4, oneOf("home", "work", "Home", "zoo")], [1, oddTexts]));
const list = (items: Json[]): Json => `[${items.join()}]`;
const tags = field(
  fc.uniqueArray(tag, { maxLength: 4 }).map(list),
  mix(
    [2, oneOf('["a","a"]', '["a"," a"]', '["",""]', '["\\ud83d"]', '"home"', "[null]", '[["a"]]')],
    [1, oneOf(20, 21).map((count) => list(Array.from({ length: count }, (_, at) => `"t${at}"`)))],
    [1, ofLength(50, 51).map((long) => list([JSON.stringify(long)]))],
  ),
);

/** The fields of a task as they are sent. */
export const taskFields = {
  title: text(200),
  notes: mix([8, text(10_000)], [1, quoted(ofLength(300))]),
  completed: boolean,
  dueDate: mix([4, day], [1, fc.constant("null")]),
  priority: chosen(...priorities),
  tags,
};

const limit = field(
  oneOf("1", "2", "3", "20", "100", "1e1", "5.0"),
  oneOf("0", "101", "-1", "1.5", "1e400", "1e21", "2147483648", "-0", "12345678901", '"5"'),
);
const cursor = quoted(
  mix(
    [2, oneOf("", "x", "a.b", ".", "..", "\u0000", "e30.e30", "x".repeat(2001), "null")],
    [2, oneOf("⟨page 1⟩", "⟨page 2⟩", "⟨page 3⟩", "⟨page 4⟩")],
    [1, oneOf("⟨page 1⟩x", "x⟨page 2⟩", "⟨page 3⟩=", " ⟨page 1⟩", "⟨page 2⟩.x")],
  ),
);
/** Few queries have one: most cursors are sent with the query that they are of, by `follow`. */
export const paging = { limit: mix([6, oneOf("1", "2", "3")], [4, limit]), cursor };

export const filterFields = {
  status: chosen("open", "completed", "all"),
  q: text(200),
  priority: chosen(...priorities),
  tag: mix([3, quoted(oneOf("home", "work", "zoo"))], [1, text(50)]),
  dueBefore: day,
  dueAfter: day,
};
export const sortFields = {
  sort: chosen("created", "completed", "due", "priority", "title"),
  order: chosen("asc", "desc"),
};
export const format = chosen("json", "csv");
export const today = day;
export const completed = boolean;
export const deleted = boolean;
