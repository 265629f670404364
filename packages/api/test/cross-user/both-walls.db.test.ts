import { expect, test } from "vitest";
import { routes } from "../../src/rest/routes.ts";
import { twoUsers } from "../support/two-users.ts";
import { procedureOf, procedures, restRequest } from "./calls.ts";
import { cases } from "./cases.ts";
import { createPerson, keyed, takeStock } from "./people.ts";
import { everyGroup, expectNothing, requestsOn, seed } from "./plan.ts";
import { crossUsers } from "./run.ts";

const world = twoUsers();

test("every procedure of the router and every row of the route table has a case", () => {
  const rows = routes.map(({ method, resource }) => `${method} ${resource}`);
  const alone = Object.keys(cases).filter((row) => row in procedures);
  expect(Object.keys(cases).sort()).toEqual([...rows, ...alone].sort());
  const called = Object.keys(cases).map(procedureOf);
  expect([...new Set(called)].sort()).toEqual(Object.keys(procedures).sort());
});

test("the same request with the same key, from all at the same moment, is each one's own", async () => {
  const people = await Promise.all(everyGroup.map(() => createPerson(world, 1)));
  const headers = { "Idempotency-Key": '"at the same moment"' };
  const ids = await Promise.all(
    people.map(async (person) => {
      const answer = await world.api.fetch(restRequest(keyed, person, { headers }));
      expect([answer.status, answer.headers.has("idempotency-replayed")]).toEqual([201, false]);
      return ((await answer.json()) as { id: string }).id;
    }),
  );
  await takeStock(world.database, people);
  for (const [at, { living }] of people.entries()) expect(living).toContain(ids[at]);
});

test("two to ten users get nothing of each other's", { timeout: 1_800_000 }, async () => {
  const requests = requestsOn(world.database.kind);
  const outcome = await crossUsers(world, { seed, requests, groups: everyGroup });
  expectNothing(outcome, requests);
});
