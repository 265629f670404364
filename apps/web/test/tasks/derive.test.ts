import { expect, test } from "vitest";
import { countOf } from "../../src/tasks/model/count-of.ts";
import { deriveList } from "../../src/tasks/model/derive.ts";
import { type ListQuery, queryOf, type View } from "../../src/tasks/model/view.ts";
import { makeTask } from "./make-task.ts";

const today = "2026-12-02";
const plain = { q: "", tag: null, priority: null, sort: null, order: null };
const view = (name: View, rest: object = {}): ListQuery =>
  queryOf({ ...plain, view: name, ...rest }, today);

const tasks = [
  makeTask({
    id: "3",
    title: "Bread",
    createdAt: "2026-03-01T00:00:00.000Z",
    dueDate: "2026-12-09",
  }),
  makeTask({
    id: "2",
    title: "Apples",
    createdAt: "2026-02-01T00:00:00.000Z",
    dueDate: "2026-12-02",
  }),
  makeTask({ id: "1", title: "Cinema", createdAt: "2026-01-01T00:00:00.000Z", tags: ["fun"] }),
];
const loaded = (query: ListQuery, complete: boolean) => ({ query, tasks, complete });
const ids = (query: ListQuery, ...lists: ReturnType<typeof loaded>[]) =>
  deriveList(lists, query)?.tasks.map(({ id }) => id);

test("a complete list tells all of a narrower one, in that one's order", () => {
  const open = loaded(view("open"), true);
  expect(deriveList([open], view("today"))).toEqual({ tasks: [tasks[1]], complete: true });
  expect(ids(view("open", { sort: "title" }), open)).toEqual(["2", "3", "1"]);
  expect(ids(view("open", { tag: "fun" }), open)).toEqual(["1"]);
  expect(ids(view("open", { q: "appl" }), open)).toEqual(["2"]);
  expect(ids(view("completed"), open)).toBeUndefined();
  expect(ids(view("all"), open)).toBeUndefined();
});

test("the beginning of a list tells that of a narrower one in the same order, and of no other", () => {
  const part = loaded(view("open"), false);
  expect(deriveList([part], view("open", { tag: "fun" }))).toMatchObject({ complete: false });
  expect(ids(view("today"), part)).toBeUndefined();
  expect(ids(view("open", { sort: "title" }), part)).toBeUndefined();
  expect(ids(view("open", { order: "asc" }), part)).toBeUndefined();
  expect(ids(view("open", { order: "desc" }), part)).toEqual(["3", "2", "1"]);
});

test("a narrower list tells nothing of a wider one", () => {
  const searched = loaded(view("open", { q: "apples" }), true);
  expect(ids(view("open"), searched)).toBeUndefined();
  expect(ids(view("open", { q: "appl" }), searched)).toBeUndefined();
  expect(ids(view("open", { q: "apples green" }), searched)).toEqual([]);
  const due = loaded(view("today"), true);
  expect(ids(view("upcoming"), due)).toBeUndefined();
  expect(ids(view("open"), due)).toBeUndefined();
});

test("a search by short words alone looks at some tasks only, and tells nothing", () => {
  const short = loaded(view("open", { q: "ap" }), true);
  expect(ids(view("open", { q: "apples" }), short)).toBeUndefined();
});

test("the count of a list is that of its view, where the counts tell", () => {
  const tags = [{ tag: "fun", open: 4, completed: 9 }];
  const counts = { open: 10, completed: 3, overdue: 1, today: 2, upcoming: 5, tags };
  const count = (name: View, rest?: object) => countOf(view(name, rest), counts, today);
  expect(count("open")).toBe(10);
  expect(count("all")).toBe(13);
  expect(count("completed")).toBe(3);
  expect(count("overdue")).toBe(1);
  expect(count("today")).toBe(3);
  expect(count("upcoming")).toBe(5);
  expect(count("open", { tag: "fun" })).toBe(4);
  expect(count("open", { tag: "none of these" })).toBeUndefined();
  expect(count("all", { tag: "fun" })).toBeUndefined();
  expect(count("open", { q: "x" })).toBeUndefined();
  expect(count("open", { priority: "high" })).toBeUndefined();
  const dueTill = { status: "open", sort: "due", dueBefore: "2026-12-03" } as const;
  expect(countOf(dueTill, counts, today)).toBe(3);
});
