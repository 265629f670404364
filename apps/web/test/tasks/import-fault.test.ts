import { expect, test } from "vitest";
import { importFaultOf } from "../../src/tasks/model/import-fault.ts";

const at = (pointer: string, line?: number) => ({
  pointer,
  message: "Must be something.",
  ...(line !== undefined && { line }),
});

test("a field that is refused has its name and its rule", () => {
  expect(importFaultOf("validation_failed", at("/0/dueDate", 3), "csv")).toEqual({
    line: 3,
    field: "dueDate",
    reason: "rule.dueDate",
  });
  expect(importFaultOf("validation_failed", at("/4/tags/1", 9), "json").reason).toBe("rule.tags");
  expect(importFaultOf("validation_failed", at("/4/completedAt", 9), "json")).toMatchObject({
    reason: "transfer.badInstant",
  });
});

test("a field that there is not is told as the file calls it", () => {
  expect(importFaultOf("validation_failed", at("/0/a~1b~0c", 2), "json")).toEqual({
    line: 2,
    field: "a/b~c",
    reason: "transfer.unknown",
  });
});

test("what is wrong with all of a text, or with no field, has no field's name", () => {
  const reasonOf = (...args: Parameters<typeof importFaultOf>) => importFaultOf(...args).reason;
  expect(reasonOf("validation_failed", at("/7", 8), "json")).toBe("transfer.noTask");
  expect(reasonOf("validation_failed", at(""), "csv")).toBe("transfer.badText");
  expect(reasonOf("validation_failed", at("/text"), "json")).toBe("transfer.badText");
  expect(reasonOf("malformed_import", at("", 1), "csv")).toBe("transfer.badHeader");
  expect(reasonOf("malformed_import", at("", 2), "csv")).toBe("transfer.badRow");
  expect(reasonOf("malformed_import", at("", 1), "json")).toBe("transfer.badJson");
});
