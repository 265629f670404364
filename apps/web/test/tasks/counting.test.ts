import { expect, test } from "vitest";
import { totalIn } from "../../src/tasks/model/counting.ts";
import { addDays } from "../../src/tasks/model/days.ts";
import { listed } from "../../src/tasks/model/known.ts";
import { queryOf, views } from "../../src/tasks/model/view.ts";
import { countOf } from "./count-of.ts";
import { makeTask } from "./make-task.ts";

const today = "2026-12-02";

test("a list's number is that of its rows", () => {
  const tasks = Array.from({ length: 200 }, (_, at) =>
    makeTask({
      id: String(at),
      completed: at % 3 === 0,
      dueDate: at % 4 === 0 ? null : addDays(today, (at % 7) - 3),
    }),
  );
  const counts = countOf(tasks, today);
  for (const view of views) {
    if (view === "deleted") continue;
    const state = { view, q: "", tag: null, priority: null, sort: null, order: null };
    expect([view, totalIn(counts, view)]).toEqual([
      view,
      listed(tasks, queryOf(state, today)).length,
    ]);
  }
  expect(totalIn(counts, "deleted")).toBeUndefined();
});
