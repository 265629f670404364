import { expect, test, vi } from "vitest";
import { twoUsers } from "../support/two-users.ts";
import { cases } from "./cases.ts";
import { everyGroup, expectNothing, requestsOn, seed } from "./plan.ts";
import { crossUsers } from "./run.ts";
import * as without from "./taken.ts";

vi.mock("../../../db/src/owner.ts", async (original) => {
  const real = await original<without.Owner>();
  return {
    ownerIs: (id: string) => without.ownerIs(real, id),
    actAs: (...as: Parameters<without.Owner["actAs"]>) => without.actAs(real, ...as),
  };
});

const world = twoUsers();
const patience = { timeout: 1_800_000 };

test("with neither wall, something of another's comes out wherever there is any", async () => {
  Object.assign(without.taken, { conditions: "all", policies: "all" });
  const tight: string[] = [];
  for (const row of Object.keys(cases)) {
    const plan = { seed, requests: 60, groups: [3], rows: [row], turn: 1, own: false };
    const { found } = await crossUsers(world, plan);
    if (found.length === 0) tight.push(row);
  }
  // These show nothing of anybody's tasks, and touch none that are there.
  expect(tight).toEqual(["POST /tasks/import", "session.whoami"]);
});

test.each([
  ["policies alone", { conditions: "all", policies: "none" }],
  ["conditions alone", { conditions: "none", policies: "all" }],
])("two to ten users get nothing of each other's by %s", patience, async (_, left) => {
  Object.assign(without.taken, left);
  const requests = requestsOn(world.database.kind);
  const outcome = await crossUsers(world, { seed, requests, groups: everyGroup });
  expectNothing(outcome, requests);
});
