export * from "./csv-cells.ts";
export * from "./errors.ts";
export { fieldErrorsOf, pointerOf } from "./field-errors.ts";
export * from "./rules.ts";
export * from "./task.ts";
export * from "./task-query.ts";
export * from "./tasks.ts";
export * from "./transfer.ts";
