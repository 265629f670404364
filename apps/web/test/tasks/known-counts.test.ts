import { expect, test } from "vitest";
import { countKnown } from "../../src/tasks/model/known-counts.ts";
import { countOf } from "./count-of.ts";
import { makeTask } from "./make-task.ts";

const today = "2026-12-02";
const tasks = ["2026-11-01", "2026-12-01", today, "2026-12-03", "2026-12-24", null].map(
  (dueDate, at) => makeTask({ id: String(at), dueDate }),
);
const done = makeTask({ id: "done", completed: true });
const counts = { ...countOf([...tasks, done], today), completed: 17 };

test("the number beside a list that is whole is that of its rows, whatever the server said", () => {
  const known = { tasks, whole: [{ status: "open" }] } as const;
  const wrong = { ...counts, open: 41, overdue: 41, today: 0, upcoming: 9 };
  expect(countKnown({ today, counts: wrong }, known, today)).toEqual(counts);
});

test("another day has other numbers", () => {
  const known = { tasks, whole: [{ status: "open", dueBefore: "9999-12-31" }] } as const;
  const next = "2026-12-03";
  expect(countKnown({ today, counts }, known, next)).toMatchObject({
    ...{ open: 6, completed: 17 },
    ...{ overdue: 3, today: 1, upcoming: 1 },
  });
  // All of the days until then are here: the rest is upcoming.
  const part = { tasks: tasks.slice(0, 4), whole: [{ status: "open", dueBefore: "2026-12-24" }] };
  expect(countKnown({ today, counts }, part as never, next)).toMatchObject({
    ...{ overdue: 3, today: 1, upcoming: 1 },
  });
});

test("where too little is kept, there are the server's numbers for its day, and none for another", () => {
  const known = { tasks: tasks.slice(0, 1), whole: [] };
  expect(countKnown({ today, counts }, known, today)).toEqual(counts);
  expect(countKnown({ today, counts }, known, "2026-12-03")).toBeUndefined();
});
