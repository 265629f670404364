import { afterEach, describe, expect, test, vi } from "vitest";
import type { Change } from "../../src/tasks/model/change.ts";
import { createSend } from "../../src/tasks/outbox/send.ts";
import { createClient } from "../../src/trpc/client.ts";
import { makeTask } from "./make-task.ts";

afterEach(() => void vi.unstubAllGlobals());

const task = makeTask({ title: "A task" });
const client = createClient({ get: async () => "token", drop: () => {}, clear: () => {} });
const rename: Change = { id: "1", kind: "update", task, changes: { title: "Another" } };
const complete: Change = { id: "2", kind: "update", task, changes: { completed: true } };
const remove: Change = { id: "3", kind: "delete", task };
const create: Change = { id: "4", kind: "create", task };
const restore: Change = { id: "5", kind: "restore", task };

function refusing(code: string, httpStatus: number) {
  const error = { message: "", code: -32600, data: { code, httpStatus } };
  vi.stubGlobal("fetch", async (url: URL | string) =>
    Response.json(String(url).includes("batch=1") ? [{ error }] : { error }, {
      status: httpStatus,
    }),
  );
}

describe("a change whose task was deleted elsewhere", () => {
  test.each([
    ["is kept where something was typed for it", rename, { kind: "conflict" }],
    ["is gone with it where it was completed", complete, { kind: "gone" }],
    ["is done where it was deleted here as well", remove, { kind: "done", task: null }],
    ["is gone where it had made the task, and its answer was lost", create, { kind: "gone" }],
    ["is refused where it was to bring the task back", restore, { kind: "refused" }],
  ])("%s", async (_, change, outcome) => {
    refusing("task_not_found", 404);
    expect(await createSend(client)(change)).toMatchObject(outcome);
  });
});

test("a conflict has the fields as they would be beside theirs, so that neither choice loses any", async () => {
  const fresh = { ...task, title: "Theirs", tags: ["theirs"], version: task.version + 1 };
  const mismatch = {
    error: { message: "", code: -32600, data: { code: "version_mismatch", httpStatus: 412 } },
  };
  const answers = [
    Response.json(mismatch, { status: 412 }),
    Response.json({ result: { data: fresh } }),
  ];
  vi.stubGlobal("fetch", async () => answers.shift());
  const mine = { title: "Mine", notes: "mine", tags: [...task.tags, "mine"] };
  const outcome = await createSend(client)({ id: "1", kind: "update", task, changes: mine });
  expect(outcome).toMatchObject({
    kind: "conflict",
    conflict: {
      fresh,
      clashes: ["title"],
      change: { changes: { ...mine, tags: ["theirs", "mine"] } },
    },
  });
});

test.each([
  ["too_many_tasks", 422, "held", create],
  ["too_many_tasks", 422, "refused", restore],
  ["validation_failed", 422, "refused", rename],
  ["forbidden", 403, "held", rename],
  ["body_too_large", 413, "held", rename],
  ["internal_error", 500, "held", rename],
  ["version_mismatch", 412, "held", remove],
  ["rate_limited", 429, "unreachable", rename],
  ["token_signature", 401, "unreachable", rename],
  ["token_not_yet_valid", 401, "unreachable", create],
])("after %s (%i) a change is %s", async (code, status, kind, change) => {
  refusing(code, status);
  expect(await createSend(client)(change)).toMatchObject({ kind });
});

test.each([rename, create, remove, restore])(
  "a call that is never answered ends ($kind)",
  async (change) => {
    vi.stubGlobal(
      "fetch",
      (_: unknown, { signal }: RequestInit) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const outcome = { kind: "unreachable", trouble: "away" };
    expect(await createSend(client, 20)(change)).toMatchObject(outcome);
  },
);
