export * from "./errors.ts";
export * from "./task.ts";
export * from "./task-query.ts";
export * from "./tasks.ts";
