import { createDb, createScope, type VerifiedUserId } from "../../src/index.ts";
import { taskTable } from "./task-table.ts";

/** Carries a request out up to the last step, says so, and does not take that. */
const [url = "", userId = "", request = ""] = process.argv.slice(2);
const scope = createScope(createDb(url), { userId: userId as VerifiedUserId });
await scope.once(JSON.parse(request), async (scope) => {
  const data = { id: crypto.randomUUID(), title: "killed", titleKey: "killed" };
  await scope.rows(taskTable).insertReturning(data, ["id"]);
  process.stdout.write("at work");
  return new Promise(() => {});
});
