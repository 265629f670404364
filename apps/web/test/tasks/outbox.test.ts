import type { Task } from "@taskbridge/contract";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Change, draftTask, inverseOf } from "../../src/tasks/model/change.ts";
import { recount } from "../../src/tasks/model/counting.ts";
import { mergeChanges, unopposed } from "../../src/tasks/model/merge.ts";
import { createOutboxStorage } from "../../src/tasks/outbox/kept/storage.ts";
import type { createOutbox } from "../../src/tasks/outbox/outbox.ts";
import type { Outcome } from "../../src/tasks/outbox/outcome.ts";
import { nextWave } from "../../src/tasks/outbox/wave.ts";
import { MemoryStorage } from "../support/memory-storage.ts";
import { makeTask } from "./make-task.ts";
import { inTurns, outboxOfAda } from "./outbox-of-ada.ts";

const done = (task: Task | null): Outcome => ({ kind: "done", task });

type Answer = (change: Change) => Outcome | Promise<Outcome>;

function start(answer: Answer, takeTurn = inTurns()) {
  const sent: Change[] = [];
  const send = async (change: Change) => {
    sent.push(change);
    return answer(change);
  };
  const kept = () => createOutboxStorage("ada").read();
  return { ...outboxOfAda(send, takeTurn), sent, kept };
}

beforeEach(() => void vi.stubGlobal("localStorage", new MemoryStorage()));
afterEach(() => void vi.unstubAllGlobals());

const idle = (outbox: ReturnType<typeof createOutbox>) =>
  vi.waitFor(() => expect(outbox.state().changes).toEqual([]));

describe("the outbox", () => {
  test("sends what was done to a new task after the task itself, under its new id", async () => {
    const created = makeTask({ id: "real" });
    const { outbox, sent } = start((change) =>
      done(
        change.kind === "create" ? created : { ...change.task, version: change.task.version + 1 },
      ),
    );
    const local = draftTask({ title: "New" }, new Date());
    outbox.add([{ kind: "create", task: local }]);
    outbox.add([{ kind: "update", task: local, changes: { title: "Newer" } }]);
    outbox.add([{ kind: "update", task: local, changes: { completed: true } }]);
    await idle(outbox);
    expect(sent.map(({ kind, task }) => [kind, task.id, task.version])).toEqual([
      ["create", local.id, 1],
      ["update", "real", 1],
      ["update", "real", 2],
    ]);
  });

  test("keeps what could not be sent, and sends it when kicked", async () => {
    let away = true;
    const task = makeTask();
    const { outbox, kept, sent } = start(() =>
      away ? { kind: "unreachable", trouble: "away", restMs: 0 } : done(task),
    );
    outbox.add([{ kind: "update", task, changes: { completed: true } }]);
    await vi.waitFor(() => expect(outbox.state().unreachable).toBe(true));
    expect(kept()).toHaveLength(1);
    away = false;
    outbox.kick();
    await idle(outbox);
    expect([sent.length, kept().length, outbox.state().unreachable]).toEqual([2, 0, false]);
  });

  test("lets go of what is refused, and of what hung on it", async () => {
    const failure = { code: "validation_failed", errors: [] };
    const { outbox, events, sent } = start(() => ({ kind: "refused", failure }));
    const local = draftTask({ title: "New" }, new Date());
    outbox.add([
      { kind: "create", task: local },
      { kind: "delete", task: local },
    ]);
    await idle(outbox);
    expect(sent).toHaveLength(1);
    expect(events.onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ kind: "create", task: local }),
      failure,
    );
  });

  test("tells of a refused new task with all that was typed into it since", async () => {
    const failure = { code: "validation_failed", errors: [] };
    const { outbox, events } = start(() => ({ kind: "refused", failure }));
    const local = draftTask({ title: "New" }, new Date());
    outbox.add([
      { kind: "create", task: local },
      { kind: "update", task: local, changes: { notes: "typed since" } },
    ]);
    await idle(outbox);
    expect(events.onRefused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ kind: "create", task: { ...local, notes: "typed since" } }),
      failure,
    );
  });

  test("keeps a conflict until it is settled", async () => {
    const fresh = makeTask({ title: "Theirs", version: 2 });
    const { outbox, kept } = start((change) =>
      change.kind === "update"
        ? { kind: "conflict", conflict: { change, fresh, clashes: ["title"] } }
        : done(null),
    );
    outbox.add([{ kind: "update", task: makeTask(), changes: { title: "Mine" } }]);
    await idle(outbox);
    const [conflict] = outbox.state().conflicts;
    expect(kept()).toMatchObject([{ conflict }]);
    if (conflict) outbox.settle(conflict);
    expect(kept()).toEqual([]);
  });

  test("hears from other calls whether the server is there, and sends what waits when it is", async () => {
    let away = true;
    const task = makeTask();
    const { outbox, sent } = start(() =>
      away ? { kind: "unreachable", trouble: "away", restMs: 0 } : done(task),
    );
    outbox.reach("away");
    expect(outbox.state().unreachable).toBe(true);
    outbox.reach(null);
    expect(outbox.state().unreachable).toBe(false);
    outbox.add([{ kind: "delete", task }]);
    await vi.waitFor(() => expect(outbox.state().unreachable).toBe(true));
    // A read that succeeds is no proof that changes can be sent.
    outbox.reach(null);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(outbox.state().unreachable).toBe(true);
    away = false;
    await vi.waitFor(() => {
      outbox.reach(null);
      expect(outbox.state()).toMatchObject({ changes: [], unreachable: false });
    });
  });

  test("sends nothing once it is to forget", async () => {
    const { outbox, sent, kept } = start(() => ({
      kind: "unreachable",
      trouble: "away",
      restMs: 0,
    }));
    outbox.add([{ kind: "delete", task: makeTask() }]);
    await vi.waitFor(() => expect(outbox.state().unreachable).toBe(true));
    outbox.forget();
    outbox.kick();
    expect([sent.length, kept()]).toEqual([1, []]);
  });
});

test("a wave has no task twice, at most twenty, and a creation goes alone", () => {
  const remove = (id: number): Change => ({
    id: `d${id}`,
    kind: "delete",
    task: makeTask({ id: String(id) }),
  });
  const create: Change = { id: "c", kind: "create", task: makeTask({ id: "local-1" }) };
  expect(nextWave([create, remove(1)])).toEqual([create]);
  expect(nextWave([remove(1), remove(2), remove(1), remove(3)])).toHaveLength(2);
  expect(nextWave([remove(1), create, remove(2)])).toHaveLength(1);
  expect(nextWave(Array.from({ length: 50 }, (_, at) => remove(at)))).toHaveLength(20);
  const long: Change = {
    id: "l",
    kind: "update",
    task: makeTask({ id: "long" }),
    changes: { notes: "n".repeat(40_000) },
  };
  // Three bytes each: limits are counted in bytes.
  const chinese: Change = { ...long, id: "z", changes: { notes: "茶".repeat(10_000) } };
  const elsewhere = (id: string): Change => ({ ...chinese, id, task: makeTask({ id }) });
  expect(nextWave([remove(1), long])).toHaveLength(2);
  expect(nextWave(Array.from({ length: 9 }, (_, at) => elsewhere(`z${at}`)))).toHaveLength(4);
  expect(nextWave([{ ...long, changes: { notes: "n".repeat(400_000) } }])).toHaveLength(1);
});

const tooLarge: Outcome = {
  kind: "held",
  failure: { code: "too_large_on_the_way", status: 413, errors: [] },
};
const rename = (id: string): Change => ({
  id: `change of ${id}`,
  kind: "update",
  task: makeTask({ id }),
  changes: { title: "New" },
});

test("what is too large together is sent one by one, and nothing of it is lost", async () => {
  const first = new Set(["a", "b", "c"]);
  const { outbox, events, sent } = start((change) =>
    first.delete(change.task.id) ? tooLarge : done(change.task),
  );
  outbox.add(["a", "b", "c"].map(rename));
  await idle(outbox);
  expect(sent.map(({ task }) => task.id)).toEqual(["a", "b", "c", "a", "b", "c"]);
  expect(events.onDone).toHaveBeenCalledTimes(3);
  expect(events.onRefused).not.toHaveBeenCalled();
});

test("what is refused for something else than its content stays, others go on, and it can be tried again or discarded", async () => {
  let proxied = true;
  const { outbox, events, kept } = start((change) =>
    proxied && change.task.id === "a" ? tooLarge : done(change.task),
  );
  outbox.add([rename("a")]);
  await vi.waitFor(() => expect(outbox.state().held.size).toBe(1));
  outbox.add([rename("b"), { ...rename("a"), changes: { notes: "later" } } as Change]);
  await vi.waitFor(() => expect(events.onDone).toHaveBeenCalledTimes(1));
  // The later change of the same task waits with it.
  expect(kept().map(({ change }) => change.task.id)).toEqual(["a", "a"]);
  proxied = false;
  outbox.kick();
  await idle(outbox);
  expect(events.onDone).toHaveBeenCalledTimes(3);

  proxied = true;
  outbox.add([rename("a")]);
  await vi.waitFor(() => expect(outbox.state().held.size).toBe(1));
  const acts = outbox.discardHeld();
  expect(kept()).toEqual([]);
  expect(outbox.state().held.size).toBe(0);
  proxied = false;
  outbox.add(acts);
  await idle(outbox);
  expect(events.onDone).toHaveBeenCalledTimes(4);
});

test("what was done to a new task that another page alone has waits until it has its id", async () => {
  const { outbox, sent, kept } = start((change) => done(change.task));
  const task = draftTask({ title: "In another page's memory" }, new Date());
  outbox.add([{ kind: "update", task, changes: { notes: "typed" } }, rename("a")]);
  await vi.waitFor(() => expect(kept()).toHaveLength(1));
  expect(sent.map((change) => change.task.id)).toEqual(["a"]);
  createOutboxStorage("ada").noteMade(task.id, { id: "real", version: 1 });
  outbox.resume();
  await idle(outbox);
  expect(sent.map((change) => change.task.id)).toEqual(["a", "real"]);
});

test("a merge keeps both sides, and names what clashes", () => {
  const base = makeTask({ title: "Old", tags: ["a", "b"] });
  const fresh = makeTask({ title: "Theirs", tags: ["b", "c"], priority: "high", version: 2 });
  expect(mergeChanges({ notes: "mine", tags: ["a", "b", "d"] }, base, fresh)).toEqual({
    changes: { notes: "mine", tags: ["b", "c", "d"] },
    clashes: [],
  });
  expect(mergeChanges({ title: "Mine" }, base, fresh).clashes).toEqual(["title"]);
  expect(mergeChanges({ title: "Theirs" }, base, fresh).clashes).toEqual([]);
  expect(unopposed({ title: "Mine", notes: "mine" }, ["title"])).toEqual({ notes: "mine" });
});

test("undoing what has been sent clashes with nobody", () => {
  const task = makeTask();
  const change: Change = { id: "tick", kind: "update", task, changes: { completed: true } };
  const act = inverseOf(change, undefined);
  const fresh = makeTask({ completed: true, completedAt: task.createdAt, version: 2 });
  expect(act).toMatchObject({ kind: "update", changes: { completed: false } });
  if (act.kind !== "update") throw new Error("An update is undone by an update.");
  expect(mergeChanges(act.changes, act.task, fresh).clashes).toEqual([]);
  // The server takes it at once: it is the version that it has by now.
  expect(act.task.version).toBe(fresh.version);
});

test("counts follow a task", () => {
  const none = { open: 0, completed: 0, overdue: 0, today: 0, upcoming: 0, tags: [] };
  const task = makeTask({ tags: ["x"], dueDate: "2026-01-01" });
  const open = recount(none, null, task, "2026-01-02");
  expect(open).toEqual({
    open: 1,
    completed: 0,
    overdue: 1,
    today: 0,
    upcoming: 0,
    tags: [{ tag: "x", open: 1, completed: 0 }],
  });
  const completed = recount(open, task, { ...task, completed: true }, "2026-01-02");
  expect(completed).toMatchObject({ open: 0, completed: 1, overdue: 0 });
  const moved = (from: string, to: string | null) =>
    recount(open, task, { ...task, dueDate: to }, from);
  expect(moved("2026-01-02", "2026-01-02")).toMatchObject({ overdue: 0, today: 1, upcoming: 0 });
  expect(moved("2026-01-02", "2026-01-03")).toMatchObject({ overdue: 0, today: 0, upcoming: 1 });
  expect(moved("2026-01-02", null)).toMatchObject({ open: 1, overdue: 0, today: 0, upcoming: 0 });
  expect(recount(completed, { ...task, completed: true }, null, "2026-01-02")).toEqual(none);
});
