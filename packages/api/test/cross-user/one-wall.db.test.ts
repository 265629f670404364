import { Prisma } from "@taskbridge/db";
import { expect, test, vi } from "vitest";
import { twoUsers } from "../support/two-users.ts";
import { cases } from "./cases.ts";
import { everyGroup, expectNothing, requestsOn, seed } from "./plan.ts";
import { crossUsers } from "./run.ts";

type Statement = (...args: unknown[]) => Prisma.Sql;

// Nothing in the product takes a wall away: only a test can replace the module that has both.
const standing = vi.hoisted(() => ({ conditions: true, policies: true }));
vi.mock("../../../db/src/owner.ts", async (original) => {
  const { ownerIs, actAs } = await original<Record<"ownerIs" | "actAs", Statement>>();
  return {
    ownerIs: (...args: unknown[]) => (standing.conditions ? ownerIs(...args) : Prisma.sql`TRUE`),
    actAs: (...args: unknown[]) => (standing.policies ? actAs(...args) : Prisma.sql`SELECT 1`),
  };
});

const world = twoUsers();
const patience = { timeout: 1_800_000 };

test(
  "with neither wall, something of another's comes out wherever there is any",
  patience,
  async () => {
    Object.assign(standing, { conditions: false, policies: false });
    const tight: string[] = [];
    for (const row of Object.keys(cases)) {
      const plan = { seed, requests: 60, groups: [3], rows: [row], turn: 1, own: false };
      const { found } = await crossUsers(world, plan);
      if (found.length === 0) tight.push(row);
    }
    // These show nothing of anybody's tasks, and touch none that are there.
    expect(tight).toEqual(["POST /tasks/import", "session.whoami"]);
  },
);

test.each([
  ["policies alone", { conditions: false, policies: true }],
  ["conditions alone", { conditions: true, policies: false }],
])("two to ten users get nothing of each other's by %s", patience, async (_, left) => {
  Object.assign(standing, left);
  const requests = requestsOn(world.database.kind);
  const outcome = await crossUsers(world, { seed, requests, groups: everyGroup });
  expectNothing(outcome, requests);
});
