import { createLeasedLimit, createSharedLimits, type LeasedLimit } from "@taskbridge/db";
import { beforeEach, describe, expect, test } from "vitest";
import { createApi } from "../src/index.ts";
import { problem, restRequest, trpcRequest, twoUsers } from "./support/two-users.ts";

const limit = { max: 24, windowSeconds: 60 };

/** Two processes' limiters on one database. */
let limiters: [LeasedLimit, LeasedLimit];
const world = twoUsers((deps) =>
  createApi({ ...deps, limiter: { limit, take: (userId) => limiters[0].take(userId) } }),
);

beforeEach(async () => {
  const { client, db } = world.database;
  await client.rateLimit.deleteMany();
  const shared = createSharedLimits(db);
  limiters = [createLeasedLimit(shared, limit), createLeasedLimit(shared, limit)];
});

const quotaOf = ({ headers }: Response) => [
  headers.get("ratelimit-policy"),
  headers.get("ratelimit"),
];
const quota = (left: number) => [
  '"default";q=24;w=60',
  expect.stringMatching(new RegExp(`^"default";r=${left};t=(59|60)$`)),
];
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

const whoami = (calls = 1) =>
  world.api.fetch(
    trpcRequest(
      calls === 1 ? "session.whoami" : `${Array(calls).fill("session.whoami").join()}?batch=1`,
      bearer(world.ada.token),
    ),
  );

async function useUp(calls = limit.max) {
  for (let at = 0; at < calls; at += 1) await limiters[1].take(world.ada.id);
}

describe("every counted answer says what is left", () => {
  test("at both doors, which share the count; another user has their own", async () => {
    const { ada, bob } = world;
    expect(quotaOf(await ada.rest("GET"))).toEqual(quota(23));
    expect(quotaOf(await whoami())).toEqual(quota(22));
    expect(quotaOf(await ada.rest("POST", "", { body: { title: "Milk" } }))).toEqual(quota(21));
    expect(quotaOf(await ada.rest("HEAD"))).toEqual(quota(20));
    expect(quotaOf(await bob.rest("GET"))).toEqual(quota(23));
  });

  test("refusals too, once the token is verified", async () => {
    const { ada, bob } = world;
    expect(quotaOf(await ada.rest("GET", "/no-such-task"))).toEqual(quota(23));
    expect(quotaOf(await ada.rest("GET", "", { of: bob.id }))).toEqual(quota(22));
    expect(quotaOf(await ada.rest("GET", "?nothing=1"))).toEqual(quota(21));
    for (const Authorization of ["", "Bearer nonsense"]) {
      const refused = await ada.rest("GET", "", { headers: { Authorization } });
      expect([refused.status, ...quotaOf(refused)]).toEqual([401, null, null]);
    }
    expect(quotaOf(await ada.rest("GET"))).toEqual(quota(20));
  });

  test("one REST request is one call, whatever it takes", async () => {
    const { ada } = world;
    const created = await ada.rest("POST", "", { body: { title: "Milk" } });
    expect(quotaOf(created)).toEqual(quota(23));
    const { id } = await created.json();
    const headers = { "If-Match": created.headers.get("etag") ?? "" };
    const changed = await ada.rest("PATCH", `/${id}`, { body: { title: "Oats" }, headers });
    expect([changed.status, ...quotaOf(changed)]).toEqual([200, ...quota(22)]);
    const key = { "Idempotency-Key": '"once"' };
    for (const left of [21, 20]) {
      const kept = await ada.rest("POST", "", { body: { title: "Keyed" }, headers: key });
      expect([kept.status, ...quotaOf(kept)]).toEqual([201, ...quota(left)]);
    }
  });

  test("a tRPC call with a key is one, its retries too", async () => {
    const { token } = world.ada;
    const headers = {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "Idempotency-Key": '"by tRPC"',
    };
    const send = () =>
      world.api.fetch(
        trpcRequest("task.create", { method: "POST", body: '{"title":"Keyed"}', headers }),
      );
    for (const left of [23, 22]) {
      const answer = await send();
      expect([answer.status, ...quotaOf(answer)]).toEqual([200, ...quota(left)]);
    }
    await useUp();
    expect((await send()).status).toBe(429);
  });

  test("each call of a batch counts", async () => {
    expect(quotaOf(await whoami(5))).toEqual(quota(19));
    expect(quotaOf(await whoami())).toEqual(quota(18));
  });
});

describe("a call too many", () => {
  test("is 429 at REST before anything is done, with the time to wait; another user's is not", async () => {
    const { ada, bob } = world;
    await useUp();
    const refused = await ada.rest("POST", "", { body: { title: "Too much" } });
    expect(refused.status).toBe(429);
    expect(quotaOf(refused)).toEqual(quota(0));
    expect(refused.headers.get("retry-after")).toBe(
      /t=(\d+)$/.exec(refused.headers.get("ratelimit") ?? "")?.[1],
    );
    const { code, detail } = await problem(refused);
    expect(code).toBe("rate_limited");
    expect(detail).toMatch(/^Too many calls; try again in \d+ seconds\.$/);
    expect((await bob.rest("GET")).status).toBe(200);
    const own = { where: { userId: ada.id, title: "Too much" } };
    expect(await world.database.client.task.count(own)).toBe(0);
  });

  test("is refused before the path's user, the query and the body are looked at", async () => {
    const { ada, bob } = world;
    await useUp();
    for (const answer of [
      await ada.rest("GET", "", { of: bob.id }),
      await ada.rest("GET", "?nothing=1"),
      await ada.rest("POST", "", { body: "{" }),
    ]) {
      expect(answer.status).toBe(429);
    }
  });

  test("has the same code at tRPC", async () => {
    await useUp();
    const refused = await whoami();
    expect(refused.status).toBe(429);
    expect(quotaOf(refused)).toEqual(quota(0));
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const { error } = await refused.json();
    expect(error.data).toMatchObject({ code: "rate_limited", httpStatus: 429 });
  });

  test("in a batch is refused by itself, and the calls before it are answered", async () => {
    await useUp(19);
    const answer = await whoami(20);
    expect(answer.status).toBe(207);
    expect(quotaOf(answer)).toEqual(quota(0));
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    const results: { result?: object; error?: { data: { code: string } } }[] = await answer.json();
    const codes = results.map(({ error }) => error?.data.code ?? "answered");
    // The other limiter has leased one more than it has used.
    expect(codes).toEqual([...Array(4).fill("answered"), ...Array(16).fill("rate_limited")]);
  });

  test("without a valid token is 401 as ever, and leaves the count alone", async () => {
    const { ada, api } = world;
    await useUp();
    const path = `/api/${ada.id}/tasks`;
    const refused = await api.fetch(restRequest("GET", path, bearer("no.real.token")));
    expect(refused.status).toBe(401);
  });
});

test("where the count cannot be asked for, the answer is 503", async () => {
  limiters[0] = {
    limit,
    take: () =>
      Promise.reject(
        Object.assign(new Error("down"), { code: "ECONNREFUSED", syscall: "connect" }),
      ),
  };
  expect((await world.ada.rest("GET")).status).toBe(503);
  expect((await whoami()).status).toBe(503);
  world.unexpected.length = 0;
});
