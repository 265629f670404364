import { type Call, isQuery, procedures, restRequest, trpcRequest } from "./calls.ts";
import { type Case, cases } from "./cases.ts";
import type { Chance } from "./chance.ts";
import { keyed, type Person } from "./people.ts";

/** A request at another's things, ready to be sent for whoever is put in the other's place. */
export interface Try {
  /** Every row of `cases` that it calls. */
  rows: string[];
  name: string;
  ask: (them: Person) => Request;
  /** Undefined where each call of a batch has its own. */
  expected: readonly number[] | undefined;
  own: Case["own"];
  /** Whether nobody in particular can be put in the other's place. */
  needsThem?: boolean;
}

interface Asking {
  me: Person;
  chance: Chance;
  /** Which rows may be asked. */
  rows: readonly string[];
}
type Way = (call: (them: Person) => Call, tried: Try, asking: Asking) => Try;

const forbidden = [403];
/** A file that cannot be read is told before anything in it. */
const refused = [422, 400];

const atRest =
  (how: (them: Person, chance: Chance) => { headers?: Record<string, string> }): Way =>
  (call, tried, { me, chance }) => ({
    ...tried,
    ask: (them) => restRequest(call(them), me, how(them, chance)),
  });

const plain = atRest(() => ({}));

const headerNames = ["X-User-Id", "X-Forwarded-User", "X-Original-URL", "Cookie", "Forwarded"];
const headed: Way = (call, tried, { me, chance }) => {
  const name = chance.of(headerNames);
  const headers = ({ id }: Person) => ({
    [name]: name === "X-Original-URL" ? `/api/${id}/tasks` : id,
  });
  return { ...tried, ask: (them) => restRequest(call(them), me, { headers: headers(them) }) };
};

const theirPath: Way = (call, tried, { me }) => ({
  ...tried,
  expected: forbidden,
  ask: (them) => restRequest(call(them), { id: them.id, token: me.token }),
});

const theirToken: Way = (call, tried, { me }) => ({
  ...tried,
  expected: forbidden,
  needsThem: true,
  ask: (them) => restRequest(call(them), { id: me.id, token: them.token }),
});

const ownerNames = ["userId", "user_id", "ownerId", "owner", "sub", "scope"];
const namingThem =
  (door: "rest" | "trpc", part: "query" | "body"): Way =>
  (call, tried, { me, chance }) => {
    const name = chance.of(ownerNames);
    const named = (them: Person): Call => {
      const asked = call(them);
      return { ...asked, [part]: { ...asked[part], [name]: them.id } };
    };
    const ask = (them: Person) =>
      door === "rest" ? restRequest(named(them), me) : trpcRequest([named(them)], me);
    return { ...tried, ask, expected: refused };
  };

const asHead: Way = (call, tried, { me }) => ({
  ...tried,
  ask: (them) => restRequest(call(them), me, { method: "HEAD" }),
});

const conditional: Way = (call, tried, { me, chance }) => {
  const headers: Record<string, string> = chance.oneIn(2)
    ? { "If-Match": "*" }
    : { "If-None-Match": chance.of(["*", `"${"0".repeat(32)}"`]), "If-Match": "*" };
  const ask = (them: Person) => restRequest({ ...call(them), version: undefined }, me, { headers });
  return { ...tried, ask };
};

/** In a transaction, with the record of the answer. */
const withNewKey = atRest(() => ({
  headers: { "Idempotency-Key": `"${crypto.randomUUID()}"` },
}));

const withTheirKey: Way = (_, tried, { me }) => ({
  ...tried,
  expected: [201],
  own: "added",
  ask: (them) => restRequest(keyed, me, { headers: { "Idempotency-Key": `"${them.key}"` } }),
});

const paths: ((me: string, them: string) => string)[] = [
  (me, them) => `/api/${me}/../${them}/tasks`,
  (me, them) => `/api/${me}%2f..%2f${them}/tasks`,
  (me, them) => `/api/${me}/tasks/..%2f..%2f${them}%2ftasks`,
  (_, them) => `/api//${them}/tasks`,
  (me, them) => `/api/${me},${them}/tasks`,
  (me, them) => `/api/${me}%00${them}/tasks`,
  (_, them) => `/api/${them.toUpperCase()}/tasks`,
  (me, them) => `/api/${them}/tasks?user_id=${me}`,
  (_, them) => `/api/${them}%20/tasks`,
];
const byOddPath: Way = (_, tried, { me, chance }) => {
  const path = chance.of(paths);
  const headers = { Authorization: `Bearer ${me.token}` };
  const url = ({ id }: Person) => `http://localhost:3000${path(me.id, id)}`;
  return { ...tried, expected: [403, 404], ask: (them) => new Request(url(them), { headers }) };
};

const atTrpc: Way = (call, tried, { me }) => ({
  ...tried,
  ask: (them) => trpcRequest([call(them)], me),
});

const unbatched = /\/(export|import)$/;
/** Some calls at once, of another's things and of one's own. */
const batched: Way = (call, tried, { me, chance, rows }) => {
  const queries = isQuery({ row: tried.rows[0] ?? "" });
  const others = rows.filter(
    (row) =>
      cases[row]?.own === "untouched" && isQuery({ row }) === queries && !unbatched.test(row),
  );
  const more = Array.from({ length: others.length > 0 ? 1 + chance.below(4) : 0 }, () =>
    callOf(chance.of(others), { me, chance }),
  );
  const own: Call[] = queries && me.living[0] ? [{ row: "GET /tasks/{id}", id: me.living[0] }] : [];
  return {
    ...tried,
    rows: [...tried.rows, ...more.map(({ row }) => row)],
    expected: undefined,
    ask: (them) => trpcRequest([call(them), ...own, ...more.map((one) => one.call(them))], me),
  };
};

function callOf(row: string, { chance, me }: Omit<Asking, "rows">) {
  const found = cases[row];
  if (!found) throw new TypeError(`There is no case for ${row}.`);
  const { calls, expected } = found.attack(chance, me);
  return { row, expected, own: found.own, call: (them: Person): Call => ({ row, ...calls(them) }) };
}

/** The ways in which a row can be asked, the usual ones more than once. */
function waysOf(row: string): Record<string, Way> {
  const batch = { ...(!unbatched.test(row) && { batched }) };
  const trpc = { atTrpc, again: atTrpc, inInput: namingThem("trpc", "query"), ...batch };
  if (row in procedures) return trpc;
  return {
    ...{ plain, often: plain, ...trpc, headed, theirPath, theirToken, byOddPath },
    inQuery: namingThem("rest", "query"),
    ...(/^GET/.test(row) && { asHead }),
    ...(/^(POST|PUT|PATCH)/.test(row) &&
      !/(restore|import|clear-completed)$/.test(row) && { inBody: namingThem("rest", "body") }),
    ...(/^P(UT|ATCH)|^DELETE/.test(row) && { conditional }),
    ...(/^POST/.test(row) && { withNewKey }),
    ...(row === "POST /tasks" && { withTheirKey }),
  };
}

/** Something that one asks of another's in a row. */
export function tryAt(row: string, asking: Asking): Try {
  const { call, expected, own } = callOf(row, asking);
  const ways = waysOf(row);
  const name = asking.chance.of(Object.keys(ways));
  const way = ways[name] ?? plain;
  const tried = { rows: [row], name, expected, own, ask: () => new Request("http://localhost") };
  return way(call, tried, asking);
}
