import { expect, test } from "vitest";
import { importFaultOf } from "../../src/tasks/model/import-fault.ts";

const refused = (pointer: string) => ({ pointer, message: "Must be something." });

test("a field that is refused has its line, the file's name for it, what stands there and its rule", () => {
  const place = { line: 3, names: { dueDate: "Due" } };
  expect(importFaultOf(refused("/dueDate"), place, { dueDate: "soon" })).toEqual({
    ...{ line: 3, field: "Due", text: "soon", reason: "rule.dueDate" },
  });
  expect(importFaultOf(refused("/tags/1"), { line: 9 }, { tags: ["a", "a"] })).toEqual({
    ...{ line: 9, field: "tags", text: undefined, reason: "rule.tags" },
  });
  expect(importFaultOf(refused("/completedAt"), place, {}).reason).toBe("transfer.badInstant");
});
