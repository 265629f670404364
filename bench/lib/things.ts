import { taskSorts } from "../../packages/contract/src/rules.ts";
import type { Asked } from "./load.ts";
import type { Person } from "./person.ts";

/** What is asked of the services, by name. Tokens end, so each run has the ones of the moment. */
export function thingsToAsk(
  person: Pick<Person, "id" | "token">,
  ids: readonly string[],
  others: readonly Person[] = [],
) {
  const own = listOf(person);
  const each = ids.map((id) => `${own}/${id}`);
  const body = JSON.stringify({ title: "Water the plants" });
  const batch = `/api/trpc/${Array(10).fill("task.list").join(",")}?batch=1`;
  const different = ["all", "open"]
    .flatMap((status) => taskSorts.map((sort) => ({ status, sort })))
    .flatMap((view) => (["asc", "desc"] as const).map((order) => ({ ...view, order })))
    .slice(0, 10);
  const inputs = encodeURIComponent(JSON.stringify({ ...different }));
  const ask =
    ({ paths, ...asked }: Omit<Asked, "requests"> & { paths: readonly string[] }) =>
    (): Asked => ({ ...asked, requests: paths.map((path) => ({ path, token: person.token })) });
  return {
    list: ask({ paths: [own], status: 200 }),
    "list of 16 users": (): Asked => ({
      requests: others.map((other) => ({ path: listOf(other), token: other.token })),
      status: 200,
    }),
    "no token": (): Asked => ({ requests: [{ path: own }], status: 401 }),
    "another's": ask({ paths: ["/api/somebody-else/tasks"], status: 403 }),
    get: ask({ paths: each, status: 200 }),
    create: ask({ method: "POST", paths: [own], body, status: 201 }),
    update: ask({ method: "PATCH", paths: each, body, status: 200 }),
    "tRPC list": ask({ paths: ["/api/trpc/task.list"], status: 200 }),
    "tRPC batch": ask({ paths: [batch], status: 200 }),
    "tRPC batch of different lists": ask({ paths: [`${batch}&input=${inputs}`], status: 200 }),
  };
}

const listOf = ({ id }: Pick<Person, "id">) => `/api/${id}/tasks`;
