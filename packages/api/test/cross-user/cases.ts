import type { Call } from "./calls.ts";
import type { Chance } from "./chance.ts";
import { common, type Person } from "./people.ts";

/** What one asks of another's, with statuses that may come of it. */
export interface Attack {
  calls: (them: Person) => Omit<Call, "row">;
  expected: readonly number[];
}

export interface Case {
  /** What asking twice does to what is one's own: nothing, nothing more than asking once, or more. */
  own: "untouched" | "settled" | "added";
  attack: (chance: Chance, me: Person) => Attack;
}

const missing = [404];
const fine = [200, 201];
const refused = [422];

/** Some id of another's as it is, or dressed up; all others are no ids at all. */
function foreignId(chance: Chance, from: "living" | "deleted" | "any"): (them: Person) => string {
  const at = chance.below(1_000);
  const of = from === "any" ? chance.of(["living", "living", "deleted"] as const) : from;
  const dress = chance.oneIn(4) ? chance.of(dresses) : (id: string) => id;
  return (them) => dress(them[of][at % Math.max(them[of].length, 1)] ?? crypto.randomUUID(), them);
}
const dresses: ((id: string, them: Person) => string)[] = [
  (id) => id.toUpperCase(),
  (id) => `${id}' OR '1'='1`,
  (id) => `{${id}}`,
  (id) => `urn:uuid:${id}`,
  (id) => `${id},${id}`,
  (id) => `${id}\u0000`,
  (id) => `${id}' OR "userId" <> '`,
  (_, { id }) => `' UNION SELECT * FROM "task" WHERE "userId" = '${id}`,
  (id, them) => `../../${them.id}/tasks/${id}`,
  (id) => `${id}?x#y`,
];

/** Words and tags of another's, and such as everybody has. */
const searches: ((them: Person) => Record<string, string>)[] = [
  ({ mark }) => ({ q: mark }),
  ({ mark }) => ({ q: `${mark.slice(0, 14).toUpperCase()} ${common}` }),
  ({ tag }) => ({ tag }),
  ({ tag, mark }) => ({ tag, q: mark }),
  () => ({ q: common }),
  () => ({ tag: common }),
  () => ({ tag: common, status: "completed", priority: "high" }),
  () => ({ dueBefore: "2002-01-01", status: "open" }),
  ({ id }) => ({ q: `' OR "userId" = '${id}` }),
  ({ id }) => ({ tag: `'} OR '${id}` }),
  ({ mark }) => ({ q: `%${mark}%` }),
  () => ({ q: "%" }),
  () => ({}),
];

const list: Case = {
  own: "untouched",
  attack(chance) {
    if (chance.oneIn(5)) {
      const query = (them: Person) => ({ tag: common, limit: 1, cursor: them.cursor });
      return { expected: refused, calls: (them) => ({ query: query(them) }) };
    }
    const search = chance.of(searches);
    const limit = chance.of([1, 5, 100]);
    const sort = chance.of(["created", "completed", "due", "priority", "title"]);
    return { expected: [200], calls: (them) => ({ query: { ...search(them), limit, sort } }) };
  },
};

/** Of one task, which is another's. */
const ofForeign = (
  more: (chance: Chance, me: Person) => Omit<Call, "row">,
  from: "living" | "deleted" | "any" = "any",
): Case => ({
  own: "untouched",
  attack(chance, me) {
    const id = foreignId(chance, from);
    const rest = more(chance, me);
    return { expected: missing, calls: (them) => ({ id: id(them), ...rest }) };
  },
});

/** Some of another's ids, and now and then one of one's own among them. */
function namedIds(chance: Chance, me: Pick<Person, "living">): (them: Person) => string[] {
  const foreign = Array.from({ length: 1 + chance.below(3) }, () => foreignId(chance, "any"));
  const mine = chance.oneIn(2) && me.living.length > 0 ? [chance.of(me.living)] : [];
  return (them) => [...new Set([...mine, ...foreign.map((id) => id(them).toLowerCase())])];
}

const noOne = { living: [] };
const manyChanges: ((me: Person) => Record<string, unknown>)[] = [
  () => ({ completed: true }),
  () => ({ priority: "high" }),
  () => ({ dueDate: null }),
  ({ tag }) => ({ addTag: tag }),
  () => ({ removeTag: common }),
  () => ({ deleted: true }),
  () => ({ deleted: false }),
];

const version = (chance: Chance) => chance.of([1, 2, 3, 2_147_483_647]);

/** What is asked in each row of the route table, and in each procedure that has none. */
export const cases: Record<string, Case> = {
  "GET /tasks": list,
  "POST /tasks": {
    own: "added",
    attack: (chance, { mark, tag }) => {
      const completed = chance.oneIn(2);
      const body = { title: `${mark} added`, notes: mark, tags: [tag, common], completed };
      return { expected: fine, calls: () => ({ body }) };
    },
  },
  "GET /tasks/{id}": ofForeign(() => ({})),
  "PATCH /tasks/{id}": ofForeign((chance, { mark }) => ({
    body: chance.of([{ title: `${mark} took it` }, { completed: true }, { tags: [] }]),
    version: chance.oneIn(2) ? version(chance) : undefined,
  })),
  "PUT /tasks/{id}": ofForeign((chance, { mark }) => ({
    body: { title: `${mark} took it` },
    version: version(chance),
  })),
  "DELETE /tasks/{id}": ofForeign((chance) => ({
    version: chance.oneIn(2) ? version(chance) : undefined,
  })),
  "GET /tasks/deleted": {
    own: "untouched",
    attack(chance) {
      if (chance.oneIn(2)) return { expected: [200], calls: () => ({ query: { limit: 100 } }) };
      const query = ({ deletedCursor: cursor }: Person) => ({ limit: 1, cursor });
      return { expected: refused, calls: (them) => ({ query: query(them) }) };
    },
  },
  "POST /tasks/{id}/restore": ofForeign(() => ({}), "deleted"),
  "POST /tasks/set-completed": {
    own: "settled",
    attack(chance, me) {
      const ids = namedIds(chance, me);
      const completed = chance.oneIn(2);
      return { expected: fine, calls: (them) => ({ body: { ids: ids(them), completed } }) };
    },
  },
  "POST /tasks/change-many": {
    own: "settled",
    attack(chance, me) {
      const change = chance.of(manyChanges)(me);
      // What is one's own stays among the living: others are asked for it later.
      const ids = namedIds(chance, "deleted" in change ? noOne : me);
      return { expected: fine, calls: (them) => ({ body: { ids: ids(them), change } }) };
    },
  },
  "POST /tasks/clear-completed": {
    own: "settled",
    attack: () => ({ expected: fine, calls: () => ({}) }),
  },
  "GET /tasks/counts": {
    own: "untouched",
    attack: () => ({ expected: fine, calls: () => ({}) }),
  },
  "GET /tasks/export": {
    own: "untouched",
    attack(chance) {
      const format = chance.of(["json", "csv"]);
      const search = chance.of(searches);
      return { expected: fine, calls: (them) => ({ query: { ...search(them), format } }) };
    },
  },
  "POST /tasks/import": {
    own: "added",
    attack(chance, { mark }) {
      const id = foreignId(chance, "any");
      const title = `${mark} brought`;
      const task = (them: Person) => ({ id: id(them), title, version: 1, completed: true });
      const named = chance.oneIn(2);
      const foisted = (them: Person) => [{ ...task(them), ...(named && { userId: them.id }) }];
      const csv = (them: Person) =>
        `id,title${named ? ",userId" : ""}\n"${id(them).replaceAll('"', '""')}",${title}${named ? `,${them.id}` : ""}\n`;
      const imported = chance.oneIn(2)
        ? (them: Person) => ({ format: "csv" as const, text: csv(them) })
        : (them: Person) => ({ format: "json" as const, text: JSON.stringify(foisted(them)) });
      return {
        expected: named ? [422, 400] : fine,
        calls: (them) => ({ imported: imported(them) }),
      };
    },
  },
  "session.whoami": {
    own: "untouched",
    attack: (chance) =>
      chance.oneIn(2)
        ? { expected: fine, calls: () => ({}) }
        : { expected: refused, calls: ({ id }) => ({ query: { userId: id } }) },
  },
};
