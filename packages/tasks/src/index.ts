export {
  isStorageFull,
  isUnavailable,
  isUnfitText,
  type KeptAnswer,
  type OwnerScope,
  type RequestScope,
} from "@taskbridge/db";
export { createTaskService, type TaskService, type TaskServiceOptions } from "./service.ts";
