import type { RestRoute } from "./route.ts";
import { deletedTaskRoutes } from "./routes/deleted-tasks.ts";
import { manyTasksRoutes } from "./routes/many-tasks.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { transferRoutes } from "./routes/transfer.ts";

/** The one table of routes: the adapter serves it, and the OpenAPI document describes it. */
export const routeGroups: readonly { name: string; description: string; routes: RestRoute[] }[] = [
  { name: "Tasks", description: "One by one, and the list of them.", routes: taskRoutes },
  {
    name: "Deleted tasks",
    description: "Those that can still be brought back.",
    routes: deletedTaskRoutes,
  },
  { name: "Many tasks", description: "Many at once.", routes: manyTasksRoutes },
  {
    name: "Import and export",
    description: "Tasks as a file, JSON or CSV.",
    routes: transferRoutes,
  },
];

export const routes: readonly RestRoute[] = routeGroups.flatMap((group) => group.routes);
