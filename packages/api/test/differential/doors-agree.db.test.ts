import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { RestRoute } from "../../src/rest/route.ts";
import { routes } from "../../src/rest/routes.ts";
import { twoUsers } from "../support/two-users.ts";
import { generators, type Operation } from "./generators.ts";
import { opening, operations } from "./operations.ts";
import { procedures } from "./requests.ts";
import { type Outcome, TwinPairs } from "./twins.ts";

const world = twoUsers();

/** How many are compared; each of them is sent to both doors. */
const REQUESTS = { postgres: 20_000, embedded: 4_000 };
const LANES = 12;
/** How many requests a history has on average. */
const HISTORY = 50;
/** Another seed asks other things. */
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 4);

const nameOf = ({ method, resource }: RestRoute) => `${method} ${resource}`;

/** The procedure that a row calls, by calling it. */
async function procedureOf(row: RestRoute): Promise<string> {
  const called: string[] = [];
  const record = (path: string[]): unknown =>
    new Proxy(() => {}, {
      get: (_, name) => record([...path, String(name)]),
      apply: async () => void called.push(path.join(".")),
    });
  const input = { id: "", query: {}, body: {}, version: undefined };
  await row.call(record([]) as never, input);
  return called.join();
}

test("every row of the route table has a generator, and every other procedure is named here", async () => {
  const rows = await Promise.all(
    routes.map(async (row) => [nameOf(row), await procedureOf(row)] as const),
  );
  const generated = Object.entries(generators).map(([row, { procedure }]) => [row, procedure]);
  expect(generated.sort()).toEqual([...rows].sort());
  const reached = new Set(rows.map(([, procedure]) => procedure));
  expect(Object.keys(procedures).filter((name) => !reached.has(name))).toEqual(["session.whoami"]);
});

/** All schemas of both doors, as JSON Schema. */
const schemas = () => ({
  procedures: Object.entries(procedures).map(([name, { _def }]) => [
    name,
    _def.inputs.map(schemaOf),
  ]),
  routes: routes.map((row) => [nameOf(row), schemaOf(row.query), row.body && schemaOf(row.body)]),
});
const schemaOf = (schema: z.ZodType) =>
  structuredClone(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

test("both doors tell the same, whatever they are asked", { timeout: 600_000 }, async () => {
  const before = schemas();
  const requests = REQUESTS[world.database.kind];
  const asked = await askBoth(requests);

  const of = (kind: Outcome["kind"]) => asked.filter(({ outcome }) => outcome.kind === kind).length;
  expect(of("same")).toBeGreaterThanOrEqual(requests);
  // What REST has no words for must not become the rule.
  expect(of("skipped") / asked.length).toBeLessThan(0.05);
  expect(of("refused by REST") / asked.length).toBeLessThan(0.05);
  for (const row of Object.keys(generators)) {
    expect({ row, codes: codesOf(asked, row) }).toEqual({
      row,
      codes: expect.arrayContaining(mustAnswer(row)),
    });
  }
  expect(codesOf(asked)).toEqual(expect.arrayContaining(inAnyRow));

  expect(schemas()).toEqual(before);
  const body = { title: "T", completed: "false" };
  expect((await world.ada.rest("POST", "", { body })).status).toBe(422);
  await expect(world.ada.caller.task.create(body as never)).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
});

interface Asked {
  route: string;
  outcome: Outcome;
}

/** Asks in several lanes at a time, each of which goes through history after history of new users. */
async function askBoth(requests: number): Promise<Asked[]> {
  const asked: Asked[] = [];
  let failing: number | undefined;
  const history = fc.array(operations, { minLength: 1, maxLength: 2 * HISTORY, size: "max" });
  // Some are skipped, and histories are as long only on average.
  const numRuns = Math.ceil((requests * 1.15) / LANES / HISTORY);

  async function lane(number: number): Promise<void> {
    const property = fc.asyncProperty(history, async (operations) => {
      if (failing !== undefined && failing !== number) return;
      const twins = await TwinPairs.create(world);
      try {
        for (const operation of [...opening, ...operations]) {
          asked.push({ route: operation.route, outcome: await twins.do(operation) });
        }
      } catch (error) {
        failing ??= number;
        throw error;
      }
    });
    const details = await fc.check(property, { seed: seed + number, numRuns });
    if (details.failed && failing === number) throw new Error(report(details));
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return asked;
}

/** How to see it again, and the shortest history that was found to lead there. */
function report({
  counterexample,
  errorInstance,
  numShrinks,
}: fc.RunDetails<[Operation[]]>): string {
  const history = counterexample?.[0].map((operation) => JSON.stringify(operation).slice(0, 1000));
  const found = `DIFFERENTIAL_SEED=${seed}, shrunk ${numShrinks} times:`;
  return [found, ...(history ?? []), String(errorInstance)].join("\n");
}

/** What was answered, by one row or by all. */
const codesOf = (asked: Asked[], row?: string) => {
  const answers = asked.filter(({ route }) => row === undefined || route === row);
  return [...new Set(answers.flatMap(({ outcome }) => ("code" in outcome ? outcome.code : [])))];
};

/** What each row must have answered at some time; "" is success. */
function mustAnswer(row: string): string[] {
  const codes = ["", "validation_failed"];
  if (row.includes("{id}")) codes.push("task_not_found");
  if (/^(PATCH|PUT|DELETE)/.test(row)) codes.push("version_mismatch");
  return codes;
}

const inAnyRow = [
  ...["token_missing", "token_expired", "token_signature", "token_malformed", "invalid_request"],
  ...["malformed_request", "malformed_body", "malformed_import"],
  ...["body_too_large", "unsupported_media_type"],
];
