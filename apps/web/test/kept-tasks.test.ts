import { beforeEach, expect, test, vi } from "vitest";
import { beginKeeping, fitting, forgetKept, keep, readKept } from "../src/offline/kept-tasks.ts";
import { makeTask } from "./tasks/make-task.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 10, 21);
const [ada, bob] = [
  { userId: "ada", name: "Ada" },
  { userId: "bob", name: "Bob" },
];
const task = makeTask({ title: "Ada's secret" });

const entries = new Map<string, string>();
const storage = {
  getItem: (key: string) => entries.get(key) ?? null,
  setItem: (key: string, text: string) => void entries.set(key, text),
  removeItem: (key: string) => void entries.delete(key),
} as Storage;

beforeEach(() => {
  entries.clear();
  vi.useFakeTimers({ now });
  return () => void vi.useRealTimers();
});

function keepAdas() {
  beginKeeping(ada, storage, now);
  keep({ userId: "ada", heardAt: now, tasks: [task], whole: [] }, storage);
}

test("what is kept is there on the next visit of the same user", () => {
  keepAdas();
  expect(beginKeeping(ada, storage, now + DAY_MS).tasks).toEqual([task]);
  expect(readKept(storage, now + DAY_MS)).toMatchObject({ ...ada, heardAt: now + DAY_MS });
});

test("whoever comes next takes the place over, and gets nothing of what was there", () => {
  keepAdas();
  expect(beginKeeping(bob, storage, now).tasks).toEqual([]);
  expect([...entries.values()].join()).not.toMatch(/ada|secret/i);
  // A page of Ada's that has not heard of it.
  keep({ userId: "ada", heardAt: now, tasks: [task], whole: [] }, storage);
  expect(readKept(storage, now)).toMatchObject({ ...bob, tasks: [] });
  forgetKept("ada", storage);
  expect(readKept(storage, now)).toMatchObject(bob);
});

test("after it was forgotten, no page writes it again", () => {
  keepAdas();
  forgetKept(undefined, storage);
  keep({ userId: "ada", heardAt: now, tasks: [task], whole: [] }, storage);
  expect(entries.size).toBe(0);
});

test("it goes a week after the server was heard last, or when it cannot be read", () => {
  keepAdas();
  expect(readKept(storage, now + 7 * DAY_MS - 1)?.tasks).toEqual([task]);
  expect(readKept(storage, now + 7 * DAY_MS)).toBeUndefined();
  expect(entries.size).toBe(0);
  keepAdas();
  for (const key of entries.keys()) entries.set(key, "{");
  expect(readKept(storage, now)).toBeUndefined();
  expect(entries.size).toBe(0);
});

test("long lists leave room for what is not sent yet", () => {
  beginKeeping(ada, storage, now);
  expect(fitting([task, task])).toBe(2);
  const tasks = Array.from({ length: 100 }, (_, at) =>
    makeTask({ id: String(at), notes: "n".repeat(10_000) }),
  );
  const room = fitting(tasks);
  expect(room).toBeGreaterThan(40);
  keep({ userId: "ada", heardAt: now, tasks: tasks.slice(0, room), whole: [] }, storage);
  expect(readKept(storage, now)?.tasks).toEqual(tasks.slice(0, room));
  expect([...entries.values()].join("").length).toBeLessThan(501_000);
});
