import { createVerifier } from "@taskbridge/bridge";
import { createScope } from "@taskbridge/db";
import { expect, test } from "vitest";
import type { ApiDeps } from "../src/context.ts";
import { failureOf } from "../src/errors.ts";
import { createPageCaller } from "../src/index.ts";
import { twoUsers } from "./support/two-users.ts";

const world = twoUsers();
const secret = "a secret of the tests, long enough to be taken";

/** The caller of a host that knows these sessions to be over, and lets a user make this many calls. */
function pageCaller({ over = [], calls = 100 }: { over?: string[]; calls?: number } = {}) {
  const taken = new Map<string, number>();
  const deps: ApiDeps = {
    verifier: createVerifier({
      secret,
      issuer: "http://localhost:3000",
      isRevoked: (sessionId) => over.includes(sessionId),
    }),
    cursorKey: new Uint8Array(32).fill(7),
    scopeOf: (access) => createScope(world.database.db, access),
    reportError: (error) => world.unexpected.push(error),
    limiter: {
      limit: { max: calls, windowSeconds: 60 },
      take: async (userId) => {
        const count = (taken.get(userId) ?? 0) + 1;
        taken.set(userId, count);
        return { allowed: count <= calls, left: Math.max(0, calls - count), resetMs: 1_000 };
      },
    },
  };
  return createPageCaller(deps);
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: unknown) => failureOf(error).code,
  );

test("a page reads its own visitor's tasks", async () => {
  await world.ada.caller.task.create({ title: "Ada's" });
  await world.bob.caller.task.create({ title: "Bob's" });
  const callAs = pageCaller();
  for (const [{ token }, title] of [
    [world.ada, "Ada's"],
    [world.bob, "Bob's"],
  ] as const) {
    const { items } = await callAs(token, "/tasks").task.list();
    expect(items.map((item) => item.title)).toEqual([title]);
    expect(await callAs(token, "/tasks").task.counts()).toMatchObject({ open: 1 });
  }
});

test("no token, none that was forged, and none of a session that is over reads anything", async () => {
  const callAs = pageCaller({ over: ["session-of-ada"] });
  const forged = world.bob.token.replace(/\.[^.]*$/, `.${"A".repeat(43)}`);
  for (const [token, code] of [
    ["", "token_malformed"],
    [forged, "token_signature"],
    [world.ada.token, "token_revoked"],
  ] as const) {
    expect(await refusal(callAs(token, "/tasks").task.list())).toBe(code);
  }
  expect(await refusal(callAs(world.bob.token, "/tasks").task.list())).toBe("none");
});

test("each call counts, for the user whose it is", async () => {
  const callAs = pageCaller({ calls: 2 });
  const ada = callAs(world.ada.token, "/tasks");
  expect(await refusal(ada.task.list())).toBe("none");
  expect(await refusal(ada.task.counts())).toBe("none");
  expect(await refusal(ada.task.list())).toBe("rate_limited");
  expect(await refusal(callAs(world.bob.token, "/tasks").task.list())).toBe("none");
});
