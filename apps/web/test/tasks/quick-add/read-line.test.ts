import { expect, test } from "vitest";
import { draftTask } from "../../../src/tasks/model/change.ts";
import { daysIn } from "../../../src/tasks/quick-add/days/english/english.ts";
import { asTyped, changesTo, readLine } from "../../../src/tasks/quick-add/read-line.ts";
import { splitLines } from "../../../src/tasks/quick-add/split-lines.ts";

const inList = { tags: ["home"], dueDate: "2026-12-02" };
const options = {
  findDay: daysIn("en-GB"),
  today: "2026-12-02",
  priorities: { high: "high" } as const,
  defaults: inList,
};

test("the list gives what the line does not say", () => {
  const { task } = readLine("Call #work !high", options);
  expect(task).toEqual({
    title: "Call",
    tags: ["home", "work"],
    priority: "high",
    dueDate: "2026-12-02",
  });
  expect(readLine("Call tomorrow", options).task.dueDate).toBe("2026-12-03");
});

test("without what finds days, days are words", () => {
  const { task } = readLine("Call tomorrow #work", { ...options, findDay: undefined });
  expect(task).toMatchObject({ title: "Call tomorrow", dueDate: "2026-12-02" });
});

test.each([
  ["  #work ", "quickAdd.noTitle"],
  ["tomorrow", "quickAdd.noTitle"],
  ["x".repeat(201), "quickAdd.tooLong"],
  [`${"👍".repeat(200)} tomorrow`, undefined],
])("%j is refused or taken", (line, problem) => {
  expect(readLine(line, options).problem).toBe(problem);
});

test("taken back, a task is what was typed, and what the list gives", () => {
  const line = " Call  Ana tomorrow #work !high ";
  const task = draftTask(readLine(line, options).task, new Date());
  const plain = asTyped(line, options);
  expect(plain && changesTo(plain, task)).toEqual({
    title: "Call  Ana tomorrow #work !high",
    tags: ["home"],
    priority: "none",
    dueDate: "2026-12-02",
  });
  expect(asTyped(`${"x".repeat(198)} #work`, options)).toBeUndefined();
});

test("a text has as many lines as have something in them", () => {
  expect(splitLines("a\n\n  b \r\nc\u2028d\n")).toEqual(["a", "b", "c", "d"]);
  expect(splitLines("a\tb")).toEqual(["a\tb"]);
});
