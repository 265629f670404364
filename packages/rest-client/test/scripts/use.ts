// What somebody writes who has nothing of Taskbridge but its OpenAPI document. `api.ts` is made from it.
import createClient from "openapi-fetch";
import type { paths } from "./api.ts";

export const connect = (baseUrl: string, token: string) =>
  createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

type Client = ReturnType<typeof connect>;

/** Adds a task, changes it, lists it page by page, deletes it and brings it back. */
export async function tryOut(client: Client, user_id: string) {
  const all = { path: { user_id } };
  const added = await client.POST("/api/{user_id}/tasks", {
    params: { ...all, header: { "Idempotency-Key": `"${crypto.randomUUID()}"` } },
    body: { title: "Buy milk", priority: "high", tags: ["home"] },
  });
  if (!added.data) throw new Error(added.error.detail);
  const { id } = added.data;
  const etag = added.response.headers.get("ETag") ?? "";
  const one = { path: { user_id, id } };

  const changed = await client.PATCH("/api/{user_id}/tasks/{id}", {
    params: { ...one, header: { "If-Match": etag } },
    body: { completed: true },
  });
  const late = await client.PUT("/api/{user_id}/tasks/{id}", {
    params: { ...one, header: { "If-Match": etag } },
    body: { title: "Too late" },
  });

  const titles: string[] = [];
  let cursor: string | null | undefined;
  do {
    const query = { limit: 1, status: "all" as const, ...(cursor ? { cursor } : {}) };
    const { data } = await client.GET("/api/{user_id}/tasks", { params: { ...all, query } });
    titles.push(...(data?.items ?? []).map(({ title }) => title));
    cursor = data?.nextCursor;
  } while (cursor);

  const deleted = await client.DELETE("/api/{user_id}/tasks/{id}", { params: one });
  const restored = await client.POST("/api/{user_id}/tasks/{id}/restore", { params: one });
  return {
    id,
    completedAt: changed.data?.completedAt,
    late: late.error?.code,
    titles,
    deleted: deleted.response.status,
    restored: restored.data?.version,
  };
}

/** Somebody's task, as whoever this client is for is answered. */
export async function peek(client: Client, user_id: string, id: string) {
  const { error } = await client.GET("/api/{user_id}/tasks/{id}", {
    params: { path: { user_id, id } },
  });
  return error?.code;
}
