import { describe, expect, test } from "vitest";
import { absentId, problem, twoUsers } from "./support/two-users.ts";

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
    for (const tag of ['"2"', 'W/"1"', '"x"', '"2", "3"', '"1,"', '"999999999999"']) {
      const stale = await world.ada.rest(method, `/${id}`, { body, headers: { "If-Match": tag } });
      expect([tag, stale.status]).toEqual([tag, 412]);
      expect((await problem(stale)).code).toBe("version_mismatch");
    }
    const headers = { "If-Match": '"7", "1"' };
    const done = await world.ada.rest(method, `/${id}`, { body, headers });
    expect(done.status).toBe(method === "DELETE" ? 204 : 200);
  });

  test.each(["PATCH", "PUT", "DELETE"])("%s honours If-None-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Guarded" });
    const body = method === "DELETE" ? undefined : { title: "Changed" };
    const send = (tags: string, at = id) =>
      world.ada.rest(method, `/${at}`, {
        body,
        headers: { "If-Match": "*", "If-None-Match": tags },
      });
    for (const tags of ["*", '"1"', 'W/"1"', '"7", "1"', ',"7",, W/"1",']) {
      const refused = await send(tags);
      expect([tags, refused.status]).toEqual([tags, 412]);
      expect((await problem(refused)).code).toBe("version_mismatch");
    }
    // There is nothing whose tag could match: RFC 9110 §13.2.1 has the 404 come first.
    expect((await send("*", absentId)).status).toBe(404);
    expect((await send('"2", W/"3"')).ok).toBe(true);
  });

  test.each(["GET", "HEAD"])("%s honours If-Match, before If-None-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Read" });
    const status = async (headers: Record<string, string>) =>
      (await world.ada.rest(method, `/${id}`, { headers })).status;
    expect(await status({ "If-Match": '"2", "1"' })).toBe(200);
    expect(await status({ "If-Match": "*", "If-None-Match": "*" })).toBe(304);
    expect(await status({ "If-Match": '"1"', "If-None-Match": '"1"' })).toBe(304);
    expect(await status({ "If-Match": '"2"', "If-None-Match": '"1"' })).toBe(412);
    expect(await status({ "If-Match": 'W/"1"' })).toBe(412);
    // There is no Last-Modified to compare with.
    expect(await status({ "If-Modified-Since": new Date().toUTCString() })).toBe(200);
    expect(await status({ "If-Unmodified-Since": new Date(0).toUTCString() })).toBe(200);
  });

  test.each(["1", "", '"', '"1', "*, *", '*, "1"', 'w/"1"', '"1" "2"', 'W/ "1"', '"a b"', '"1";x'])(
    "%s is no list of tags: 400",
    async (tags) => {
      const { id } = await world.ada.caller.task.create({ title: "Malformed" });
      for (const name of ["If-Match", "If-None-Match"]) {
        for (const method of ["GET", "PATCH", "DELETE"]) {
          const body = method === "PATCH" ? { title: "x" } : undefined;
          const refused = await world.ada.rest(method, `/${id}`, {
            body,
            headers: { [name]: tags },
          });
          expect((await problem(refused)).code).toBe("malformed_request");
        }
      }
      expect((await world.ada.caller.task.get({ id })).version).toBe(1);
    },
  );

  test("a collection has no tag: its conditions are not looked at", async () => {
    const headers = { "If-Match": '"1"', "If-None-Match": "*" };
    const created = await world.ada.rest("POST", "", { body: { title: "New" }, headers });
    expect(created.status).toBe(201);
    expect((await world.ada.rest("GET", "", { headers })).status).toBe(200);
  });

  test("nobody learns from a condition that another user's task exists", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Hers" });
    const conditions: Record<string, string>[] = [
      { "If-Match": '"1"' },
      { "If-Match": '"2", "3"' },
      { "If-None-Match": "*" },
    ];
    for (const headers of conditions) {
      for (const method of ["GET", "PATCH", "DELETE"]) {
        const body = method === "PATCH" ? { title: "x" } : undefined;
        const trespass = await world.bob.rest(method, `/${id}`, { body, headers });
        expect(trespass.status).toBe(404);
      }
    }
  });

  test("of edits that race with one condition, one wins per version, and none is lost", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Raced" });
    const race = (headers: Record<string, string>) =>
      Promise.all(
        Array.from({ length: 20 }, async (_, n) => {
          const body = { title: `${headers["If-Match"]} ${n}` };
          return (await world.ada.rest("PATCH", `/${id}`, { body, headers })).status;
        }),
      );
    const wins = (statuses: number[]) => statuses.filter((status) => status === 200).length;
    expect(wins(await race({ "If-Match": '"1"' }))).toBe(1);
    expect(wins(await race({ "If-Match": '"2", "9"' }))).toBe(1);
    expect(wins(await race({ "If-Match": "*", "If-None-Match": '"4"' }))).toBe(1);
    expect((await world.ada.caller.task.get({ id })).version).toBe(4);
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
    for (const path of [`/${id}`, "", `/${absentId}`]) {
      const [head, get] = [await world.ada.rest("HEAD", path), await world.ada.rest("GET", path)];
      const headersOf = ({ headers }: Response) =>
        [...headers].filter(([name]) => name !== "x-request-id");
      expect([head.status, headersOf(head)]).toEqual([get.status, headersOf(get)]);
      expect(await head.text()).toBe("");
    }
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

test("many that rule out another version all get an answer, and each edit that is told of is there", async () => {
  const { ada } = world;
  const { id } = await ada.caller.task.create({ title: "Sought after" });
  await ada.caller.task.update({ id, title: "Changed" });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      ada.rest("PATCH", `/${id}`, {
        body: { title: `Edit ${at}` },
        headers: { "If-None-Match": '"1"' },
      }),
    ),
  );
  const done = answers.filter(({ status }) => status === 200).length;
  expect(answers.every(({ status }) => status === 200 || status === 412)).toBe(true);
  expect(done).toBeGreaterThan(0);
  expect((await ada.caller.task.get({ id })).version).toBe(2 + done);
});
