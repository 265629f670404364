import { describe, expect, test } from "vitest";
import { problem, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

describe("entity tags", () => {
  test("a task's answers carry its version", async () => {
    const created = await world.ada.rest("POST", "", { body: { title: "Tagged" } });
    expect(created.headers.get("etag")).toBe('"1"');
    const location = created.headers.get("location");
    const { id } = await created.json();
    expect(location).toBe(`/api/${world.ada.id}/tasks/${id}`);
    const unchanged = await world.ada.rest("GET", `/${id}`, {
      headers: { "If-None-Match": 'W/"1"' },
    });
    expect(unchanged.status).toBe(304);
    expect(await unchanged.text()).toBe("");
    const changed = await world.ada.rest("PATCH", `/${id}`, { body: { notes: "n" } });
    expect(changed.headers.get("etag")).toBe('"2"');
    const fresh = await world.ada.rest("GET", `/${id}`, { headers: { "If-None-Match": '"1"' } });
    expect(fresh.status).toBe(200);
  });

  test.each(["PATCH", "PUT", "DELETE"])("%s honours If-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Guarded" });
    const body = method === "DELETE" ? undefined : { title: "Changed" };
    for (const tag of ['"2"', 'W/"1"', '"x"', "1", '"2", "3"', ""]) {
      const stale = await world.ada.rest(method, `/${id}`, { body, headers: { "If-Match": tag } });
      expect([tag, stale.status]).toEqual([tag, 412]);
      expect((await problem(stale)).code).toBe("version_mismatch");
    }
    const headers = { "If-Match": '"7", "1"' };
    const done = await world.ada.rest(method, `/${id}`, { body, headers });
    expect(done.status).toBe(method === "DELETE" ? 204 : 200);
  });

  test("PUT without If-Match is 428, and with it sets every field", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Old", notes: "n", tags: ["a"] });
    expect((await world.ada.rest("PUT", `/${id}`, { body: { title: "New" } })).status).toBe(428);
    const put = await world.ada.rest("PUT", `/${id}`, {
      body: { title: "New" },
      headers: { "If-Match": '"1"' },
    });
    expect(await put.json()).toMatchObject({ title: "New", notes: "", tags: [], version: 2 });
  });
});

describe("small things", () => {
  test("HEAD answers as GET does, without the body", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Heady" });
    const head = await world.ada.rest("HEAD", `/${id}`);
    expect([head.status, head.headers.get("etag")]).toEqual([200, '"1"']);
  });

  test("a request id is repeated where it is safe to, and made where not", async () => {
    const ask = async (id: string) =>
      (await world.ada.rest("GET", "", { headers: { "X-Request-Id": id } })).headers.get(
        "x-request-id",
      );
    expect(await ask("my-id.1")).toBe("my-id.1");
    expect(await ask("<script>")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
