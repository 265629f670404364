export {
  isStorageFull,
  isUnavailable,
  isUnfitText,
  type KeptAnswer,
  type OwnerScope,
  type RequestScope,
} from "@taskbridge/db";
export { PAGE_BYTES } from "./pages.ts";
export {
  createTaskService,
  MAX_TASKS_PER_USER,
  type TaskService,
  type TaskServiceOptions,
} from "./service.ts";
export { startTextRewrite } from "./text-rewrite.ts";
