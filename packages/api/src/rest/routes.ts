import type { RestRoute } from "./route.ts";
import { deletedTaskRoutes } from "./routes/deleted-tasks.ts";
import { manyTasksRoutes } from "./routes/many-tasks.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { transferRoutes } from "./routes/transfer.ts";

/** The one table of routes: the adapter serves it, and the OpenAPI document describes it. */
export const routes: readonly RestRoute[] = [
  ...taskRoutes,
  ...deletedTaskRoutes,
  ...manyTasksRoutes,
  ...transferRoutes,
];
