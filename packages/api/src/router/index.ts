import { createCallerFactory, router } from "../trpc.ts";
import { sessionRouter } from "./session.ts";
import { taskRouter } from "./task.ts";

export const appRouter = router({ task: taskRouter, session: sessionRouter });
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
