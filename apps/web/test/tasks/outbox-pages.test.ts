import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Change, draftTask } from "../../src/tasks/model/change.ts";
import { createOutboxStorage } from "../../src/tasks/outbox/kept/storage.ts";
import type { Outcome } from "../../src/tasks/outbox/outcome.ts";
import type { TakeTurn } from "../../src/tasks/outbox/turn.ts";
import { keysFor } from "../../src/tasks/transfer/kept-keys.ts";
import { MemoryStorage } from "../support/memory-storage.ts";
import { makeTask } from "./make-task.ts";
import { inTurns, outboxOfAda } from "./outbox-of-ada.ts";

// Several pages of one user in one browser: they share its storage, and its locks.

let room = Number.POSITIVE_INFINITY;
beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
  vi.stubGlobal("localStorage", new MemoryStorage(() => room));
  // As on plain HTTP: without locks.
  vi.stubGlobal("navigator", {});
});
afterEach(() => void vi.unstubAllGlobals());

function browser() {
  const takeTurn = inTurns();
  const sent: string[] = [];
  const open = (
    answer: (change: Change) => Outcome | Promise<Outcome> = doneOf,
    turns: TakeTurn = takeTurn,
  ) => {
    const send = async (change: Change) => {
      sent.push(change.id);
      return answer(change);
    };
    return outboxOfAda(send, turns);
  };
  return { open, sent };
}

const doneOf = ({ task }: Change): Outcome => ({ kind: "done", task });
const away: Outcome = { kind: "unreachable", trouble: "away", restMs: 0 };
const tick = (id: string) =>
  ({ kind: "update", task: makeTask({ id }), changes: { completed: true } }) as const;

describe("a page that opens or comes online", () => {
  test("sends what a page left that was closed offline, and then its own", async () => {
    const { open, sent } = browser();
    const closed = open(() => away);
    const [first] = closed.outbox.add([tick("a")]);
    await vi.waitFor(() => expect(closed.outbox.state().unreachable).toBe(true));
    closed.outbox.add([tick("b")]);

    const { outbox } = open();
    outbox.add([tick("c")]);
    await outbox.start();
    await vi.waitFor(() => expect(outbox.state().changes).toEqual([]));
    expect(sent.at(-3)).toBe(first?.id);
    expect(createOutboxStorage("ada").read()).toEqual([]);
  });

  test("shows what another page has unsent, and lets go of it once that has sent it", async () => {
    const { open } = browser();
    let reachable = false;
    const sender = open((change) => (reachable ? doneOf(change) : away));
    sender.outbox.add([tick("a")]);
    const other = open();
    other.outbox.refresh();
    expect(other.outbox.state().changes.map(({ task }) => task.id)).toEqual(["a"]);
    reachable = true;
    sender.outbox.kick();
    await vi.waitFor(() => expect(sender.outbox.state().changes).toEqual([]));
    other.outbox.refresh();
    expect(other.outbox.state().changes).toEqual([]);
  });

  test("passes over what a page of another version wrote, and counts it", async () => {
    const { open, sent } = browser();
    const name = "taskbridge.outbox-entry.ada.x";
    const later = JSON.stringify({ format: 99, change: { kind: "merge", id: "x" } });
    localStorage.setItem(name, later);
    localStorage.setItem(`${name}2`, "cut o");
    const { outbox } = open();
    await outbox.start();
    expect([outbox.countUnsent(), sent.length]).toEqual([2, 0]);
    expect(localStorage.getItem(name)).toBe(later);
  });

  test("takes over what pages of the version before have left, in its order", async () => {
    const { open, sent } = browser();
    const update = { ...tick("c"), id: "3" };
    const conflict = { change: update, fresh: makeTask(), clashes: ["title"] };
    const changes = [
      { ...tick("a"), id: "1" },
      { ...tick("b"), id: "2" },
    ];
    const name = "taskbridge.outbox.ada.k3j2";
    localStorage.setItem(name, JSON.stringify({ changes, conflicts: [conflict] }));
    const { outbox } = open();
    await outbox.start();
    await vi.waitFor(() => expect(outbox.state().changes).toEqual([]));
    expect([sent, localStorage.getItem(name)]).toEqual([["1", "2"], null]);
    expect(outbox.state().conflicts).toEqual([conflict]);
  });

  test("leaves with the version before what there is no room for twice", async () => {
    const { open } = browser();
    const name = "taskbridge.outbox.ada.k3j2";
    const changes = [{ ...tick("a"), id: "1" }];
    localStorage.setItem(name, JSON.stringify({ changes, conflicts: [] }));
    room = 600;
    const { outbox } = open();
    await outbox.start();
    expect(localStorage.getItem(name)).not.toBeNull();
    expect(outbox.countUnsent()).toBe(1);
  });
});

describe("sign-out", () => {
  test("counts what all pages have unsent, held or in conflict", async () => {
    const { open } = browser();
    const failure = { code: "internal_error", status: 500, errors: [] };
    const other = open((change) => {
      if (change.kind !== "update") return away;
      return change.task.id === "held"
        ? { kind: "held", failure }
        : { kind: "conflict", conflict: { change, fresh: change.task, clashes: ["completed"] } };
    });
    other.outbox.add([tick("held")]);
    other.outbox.add([tick("conflict")]);
    await vi.waitFor(() => expect(other.outbox.state().conflicts).toHaveLength(1));
    other.outbox.add([{ kind: "delete", task: makeTask({ id: "unsent" }) }]);
    expect(open().outbox.countUnsent()).toBe(3);
  });

  test("leaves nothing, and what another page had under way brings nothing back", async () => {
    const { open } = browser();
    let answer = (_: Outcome) => {};
    const sender = open(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    sender.outbox.add([tick("a"), { ...tick("a"), changes: { notes: "n" } }]);
    await vi.waitFor(() => expect(sender.outbox.state().changes).toHaveLength(2));
    open().outbox.forget();
    await Promise.resolve();
    answer({ kind: "done", task: makeTask({ id: "a", version: 9 }) });
    sender.outbox.refresh();
    await vi.waitFor(() => expect(sender.outbox.state().changes).toEqual([]));
    expect(Object.keys(localStorage)).toEqual([]);
  });
});

test("sign-out takes what was to be lost, and neither what another page adds meanwhile nor its own page later", async () => {
  const { open } = browser();
  const { outbox } = open(() => away);
  const other = open(() => away);
  outbox.add([tick("a")]);
  const lost = new Set(outbox.unsentNames());
  other.outbox.add([tick("b")]);
  outbox.forget(lost);
  outbox.add([tick("c")]);
  const left = createOutboxStorage("ada").read();
  expect(left.map(({ change }) => change.task.id)).toEqual(["b"]);
});

test("sign-out leaves what other people of the browser have, and nothing that says not whose it is", () => {
  keysFor("ada", ["x"]);
  const graces = keysFor("grace", ["x"]);
  const made = { id: "real", version: 1 };
  for (const user of ["ada", "grace"]) createOutboxStorage(user).noteMade("local-1", made);
  for (const name of ["taskbridge.import.1-2-3.1", "taskbridge.made.local-1"]) {
    localStorage.setItem(name, "{}");
  }
  browser().open().outbox.forget();
  expect(keysFor("grace", ["x"])).toEqual(graces);
  expect(createOutboxStorage("grace").madeAs("local-1")).toEqual(expect.objectContaining(made));
  expect(Object.keys(localStorage).filter((name) => !name.includes(".grace."))).toEqual([]);
});

describe("of two pages", () => {
  test("one sends what the other one, frozen, had under way, and the answer that comes later counts no more", async () => {
    const { open, sent } = browser();
    let thaw = (_: Outcome) => {};
    const frozen = open(
      () =>
        new Promise((resolve) => {
          thaw = resolve;
        }),
      // Its turn was taken from it.
      (work) => work(() => true),
    );
    frozen.outbox.add([tick("a")]);
    const { outbox } = open();
    await outbox.start();
    await vi.waitFor(() => expect(outbox.state().changes).toEqual([]));
    thaw({ kind: "refused", failure: { code: "validation_failed", errors: [] } });
    frozen.outbox.refresh();
    frozen.outbox.add([tick("b")]);
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(frozen.outbox.state().changes.map(({ task }) => task.id)).toEqual(["b"]);
    expect(frozen.events.onDone).not.toHaveBeenCalled();
    expect(frozen.events.onRefused).not.toHaveBeenCalled();
  });

  test("one may change a task by the id that it had before the other one sent it", async () => {
    const { open } = browser();
    const created = makeTask({ id: "real", version: 4 });
    const asked: Change[] = [];
    const sender = open((change) => ({
      kind: "done",
      task: change.kind === "create" ? created : change.task,
    }));
    const local = draftTask({ title: "New" }, new Date());
    const other = open((change) => {
      asked.push(change);
      return doneOf(change);
    });
    sender.outbox.add([{ kind: "create", task: local }]);
    await vi.waitFor(() => expect(sender.outbox.state().changes).toEqual([]));
    other.outbox.add([{ kind: "update", task: local, changes: { title: "Newer" } }]);
    // Told what it was made of, it is shown as that at once, and no more as a task of its own.
    other.outbox.hearDone("the creation");
    expect(other.outbox.state().changes).toMatchObject([{ task: { id: "real" } }]);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.task).toMatchObject({ id: "real", version: 4 });
  });
});

test.each(["{", "null", "{}"])(
  "a note that says %s keeps no task from being sent",
  async (broken) => {
    const { open, sent } = browser();
    localStorage.setItem("taskbridge.made-task.ada.local-1", broken);
    const { outbox } = open();
    const task = draftTask({ title: "New" }, new Date());
    outbox.add([{ kind: "create", task }]);
    await vi.waitFor(() => expect(outbox.state().changes).toEqual([]));
    expect(sent).toHaveLength(1);
    expect(createOutboxStorage("ada").madeAs("local-1")).toBeUndefined();
  },
);

test("what there is no room for is sent from memory, and kept as soon as there is some", async () => {
  const { open } = browser();
  let reachable = false;
  const { outbox } = open((change) =>
    reachable && change.task.id === "a" ? doneOf(change) : away,
  );
  outbox.add([tick("a")]);
  room = 500;
  outbox.add([tick("b")]);
  expect(outbox.state()).toMatchObject({ kept: false, changes: [{}, {}] });
  reachable = true;
  outbox.kick();
  await vi.waitFor(() => expect(outbox.state().changes).toHaveLength(1));
  expect(outbox.state().kept).toBe(true);
  expect(createOutboxStorage("ada").read()).toHaveLength(1);
});
