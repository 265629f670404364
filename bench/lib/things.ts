import type { Asked } from "./load.ts";
import type { Person } from "./person.ts";

/** What is asked of the services, by name. Tokens end, so each run has the one of the moment. */
export function thingsToAsk(person: Person, ids: readonly string[]) {
  const own = `/api/${person.id}/tasks`;
  const authorized = () => ({ authorization: `Bearer ${person.token}` });
  const each = ids.map((id) => `${own}/${id}`);
  const body = JSON.stringify({ title: "Water the plants" });
  const batch = Array(10).fill("task.list").join(",");
  const ask = (asked: Omit<Asked, "headers">) => (): Asked => ({ ...asked, headers: authorized() });
  return {
    list: ask({ paths: [own], status: 200 }),
    "no token": (): Asked => ({ paths: [own], status: 401 }),
    "another's": ask({ paths: ["/api/somebody-else/tasks"], status: 403 }),
    get: ask({ paths: each, status: 200 }),
    create: ask({ method: "POST", paths: [own], body, status: 201 }),
    update: ask({ method: "PATCH", paths: each, body, status: 200 }),
    "tRPC list": ask({ paths: ["/api/trpc/task.list"], status: 200 }),
    "tRPC batch": ask({ paths: [`/api/trpc/${batch}?batch=1`], status: 200 }),
  };
}
