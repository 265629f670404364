import type { Prisma } from "@taskbridge/db";
import { testDatabase } from "@taskbridge/db/testing";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Api } from "../../src/index.ts";
import { twoUsers } from "../support/two-users.ts";
import * as foisting from "./foisting.ts";
import { noticed } from "./noticed.ts";
import type { Ground } from "./run.ts";
import { sitesOf } from "./sites.ts";
import * as without from "./taken.ts";

vi.mock("../../../db/src/owner.ts", async (original) => {
  const real = await original<without.Owner>();
  return {
    ownerIs: (id: string) => without.ownerIs(real, id),
    actAs: (...as: Parameters<without.Owner["actAs"]>) => without.actAs(real, ...as),
  };
});
vi.mock("../../../db/src/pipeline.ts", async (original) => {
  const real = await original<foisting.Pipelining>();
  return {
    ...real,
    pipeline: (client: unknown, statements: readonly Prisma.Sql[], timeoutMs: number) =>
      real.pipeline(client, statements.map(foisting.foisted), timeoutMs),
  };
});

const world = twoUsers();
const patience = { timeout: 600_000 };
/** What has come out, and not that nobody could begin. */
const leak = /^(?!They could not)./;
/** What is broken may fail in any way: nothing is reported. */
const groundOf = (database: Ground["database"]): Ground => ({
  database,
  issue: world.issue,
  api: world.apiOver(database.db, () => {}),
});

afterEach(() => {
  Object.assign(without.taken, { conditions: "none", policies: "none" });
  foisting.foist.table = undefined;
});

describe("without the second wall", () => {
  // A start's own probe reads as nobody.
  const conditions = sitesOf("ownerIs(").filter(({ at }) => !/^(owner|way)\.ts/.test(at));

  test("every place that asks for an owner's condition is found", patience, async () => {
    Object.assign(without.taken, { conditions: new Set(), policies: "all" });
    expect(await noticed(groundOf(world.database))).toBe("");
    expect([...without.asked].sort()).toEqual(conditions.map(({ at }) => at).sort());
  });

  test.each(conditions)("no owner in $at is noticed", patience, async ({ at }) => {
    Object.assign(without.taken, { conditions: new Set([at]), policies: "all" });
    expect(await noticed(groundOf(world.database))).toMatch(leak);
  });

  // Neither the counts of calls nor the histories of migrations and of what was written anew have an owner.
  const insertions = sitesOf("INSERT INTO").filter(
    ({ line }) => !/"rate_limit"|"_prisma_migrations"|"task_text_rewrite"/.test(line),
  );
  test.each(insertions)("rows of another's by $at are noticed", patience, async (site) => {
    without.taken.policies = "all";
    // Where it has none spelt out, it is told which: of those of requests, the tasks.
    foisting.foist.table = /INSERT INTO ("\w+")/.exec(site.line)?.[1] ?? '"task"';
    expect(await noticed(groundOf(world.database))).toMatch(leak);
    expect(foisting.foist.done).toBeGreaterThan(0);
  });
});

describe("without the first wall", () => {
  const policies = ["task request", "task owner", "task words", "task tag"].concat([
    "task_delta request",
    "task_delta owner",
    "idempotency_record request",
    "idempotency_record owner",
  ]);

  test("every policy is here", async () => {
    const rows = await world.database.client.$queryRawUnsafe<{ name: string }[]>(
      `SELECT tablename || ' ' || policyname AS "name" FROM pg_policies`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...policies].sort());
  });

  const changes = policies.flatMap((name) => [`${name} gone`, `${name} TRUE`]);
  test.for(changes)("the policy %s is noticed", patience, async (breach, { skip }) => {
    const [table, policy, change] = breach.split(" ");
    const owner = policy === "owner";
    if (owner && world.database.kind === "embedded")
      skip("No policy binds its owner, a superuser.");
    const database = await testDatabase();
    const ground = groundOf(database);
    Object.assign(without.taken, { conditions: "all", policies: owner ? "role" : "none" });
    await database.client.$executeRawUnsafe(
      change === "gone"
        ? `DROP POLICY "${policy}" ON "${table}"`
        : `ALTER POLICY "${policy}" ON "${table}" USING (TRUE)`,
    );
    expect(await noticed(ground)).toMatch(change === "gone" ? /./ : leak);
    await database.drop();
  });

  test("nothing is noticed where nothing is changed", patience, async () => {
    Object.assign(without.taken, { conditions: "all", policies: "none" });
    expect(await noticed(groundOf(world.database))).toBe("");
    // Were the role not taken, the table's own owner is held to the user.
    without.taken.policies = "role";
    const bound = world.database.kind === "postgres";
    expect(await noticed(groundOf(world.database))).toMatch(bound ? /^$/ : leak);
  });
});

test("a door that takes any path for its token's user is noticed", patience, async () => {
  const ground = groundOf(world.database);
  const userOf = (request: Request) => {
    const [, claims = ""] = request.headers.get("authorization")?.split(".") ?? [];
    return JSON.parse(Buffer.from(claims, "base64url").toString()).sub as string;
  };
  const fetch: Api["fetch"] = (request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith("/api/trpc/")) return ground.api.fetch(request);
    url.pathname = url.pathname.replace(/^\/api\/[^/]+/, `/api/${userOf(request)}`);
    return ground.api.fetch(new Request(url, request));
  };
  expect(await noticed({ ...ground, api: { ...ground.api, fetch } })).toMatch(/should be 403/);
});
