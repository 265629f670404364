export type { OwnerScope } from "@taskbridge/db";
export { createTaskService, type TaskService, type TaskServiceOptions } from "./service.ts";
