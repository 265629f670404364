import type { TestDatabase } from "@taskbridge/db/testing";
import { expect } from "vitest";
import { cases } from "./cases.ts";
import type { Outcome } from "./run.ts";

/** Groups of two to ten users, all at the same time. */
export const everyGroup = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** `CROSS_USER_SEED=5` asks other things, `CROSS_USER_REQUESTS=100000` more of them. */
export const seed = Number(process.env.CROSS_USER_SEED ?? 1);

/** The embedded database takes one statement at a time: there it is a fifth of them. */
const usual = { postgres: 10_000, embedded: 2_000 };
export const requestsOn = (kind: TestDatabase["kind"]) =>
  Number(process.env.CROSS_USER_REQUESTS ?? usual[kind]);

export function expectNothing({ requests, found, statuses }: Outcome, wanted: number): void {
  const where = `after ${requests} requests with CROSS_USER_SEED=${seed}`;
  expect(found, where).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(wanted);
  for (const row of Object.keys(cases)) {
    expect({ row, statuses: [...(statuses.get(row) ?? [])] }).toEqual({
      row,
      statuses: expect.arrayContaining(mustAnswer(row)),
    });
  }
}

/** What each row must have been answered by at some time, or nothing was proved. */
function mustAnswer(row: string): number[] {
  if (row === "session.whoami") return [200, 422];
  if (row.includes("{id}")) return [404, 403];
  return [row === "POST /tasks" ? 201 : 200, 403, 422];
}
