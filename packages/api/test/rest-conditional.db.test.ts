import { describe, expect, test } from "vitest";
import { absentId, problem, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

/** A tag of the kind that tasks have, which none has. */
const noTag = `"${"0".repeat(32)}"`;

const tagOf = async (id: string) =>
  (await world.ada.rest("GET", `/${id}`)).headers.get("etag") ?? "none";

/** What proxies that compress make of a tag: nginx and HAProxy, Apache and Caddy, and both. */
const compressed = (tag: string) => [
  `W/${tag}`,
  ...["-gzip", "-br", "-zstd", "-deflate", "--gzip", ";gzip", ":br"].flatMap((coding) => {
    const suffixed = tag.replace(/"$/, `${coding}"`);
    return [suffixed, `W/${suffixed}`];
  }),
];

describe("entity tags", () => {
  test("a task's answers carry the tag of what they are, whichever asked for it", async () => {
    const created = await world.ada.rest("POST", "", { body: { title: "Tagged" } });
    const etag = created.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    const location = created.headers.get("location");
    const { id } = await created.json();
    expect(location).toBe(`/api/${world.ada.id}/tasks/${id}`);
    expect(await tagOf(id)).toBe(etag);
    const unchanged = await world.ada.rest("GET", `/${id}`, { headers: { "If-None-Match": etag } });
    expect([unchanged.status, unchanged.headers.get("etag")]).toEqual([304, etag]);
    expect(await unchanged.text()).toBe("");

    const changed = await world.ada.rest("PATCH", `/${id}`, { body: { completed: true } });
    expect(changed.headers.get("etag")).not.toBe(etag);
    expect(changed.headers.get("etag")).toBe(await tagOf(id));
    const fresh = await world.ada.rest("GET", `/${id}`, { headers: { "If-None-Match": etag } });
    expect(fresh.status).toBe(200);

    await world.ada.rest("DELETE", `/${id}`);
    const restored = await world.ada.rest("POST", `/${id}/restore`);
    expect(restored.headers.get("etag")).toBe(await tagOf(id));
  });

  test("no tag is that of other content under the same version, as after a restore of yesterday's copy", async () => {
    const { ada, database } = world;
    const { id } = await ada.caller.task.create({ title: "Kept" });
    const yesterday = await database.client.task.findUniqueOrThrow({ where: { id } });
    await ada.caller.task.update({ id, title: "Lost" });
    const lost = await tagOf(id);
    const { userId: _, id: __, ...columns } = yesterday;
    await database.client.task.update({ where: { id }, data: columns });
    const { version } = await ada.caller.task.update({ id, title: "Again" });
    expect(version).toBe(2);

    const read = await ada.rest("GET", `/${id}`, { headers: { "If-None-Match": lost } });
    expect([read.status, (await read.json()).title]).toEqual([200, "Again"]);
    for (const method of ["PATCH", "PUT", "DELETE"]) {
      const body = method === "DELETE" ? undefined : { title: "Over it" };
      const refused = await ada.rest(method, `/${id}`, { body, headers: { "If-Match": lost } });
      expect((await problem(refused)).detail).toBe("It has changed since the version you named.");
    }
    expect((await ada.caller.task.get({ id })).title).toBe("Again");
  });

  test.each(["PATCH", "PUT", "DELETE"])("%s honours If-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Guarded" });
    const etag = await tagOf(id);
    const body = method === "DELETE" ? undefined : { title: "Changed" };
    const foreign = ['"1"', '"2"', 'W/"1"', '"x"', '"2", "3"', `"${etag.slice(1, -1)},"`, '""'];
    const changed = [noTag, `W/${noTag}`, `"x", ${noTag}`];
    for (const tag of [...foreign, ...changed, etag.toUpperCase(), etag.replace('"', '"x')]) {
      const stale = await world.ada.rest(method, `/${id}`, { body, headers: { "If-Match": tag } });
      const { code, detail } = await problem(stale);
      expect([tag, stale.status, code]).toEqual([tag, 412, "version_mismatch"]);
      expect([tag, detail]).toEqual([
        tag,
        changed.includes(tag)
          ? "It has changed since the version you named."
          : "If-Match has no tag that this server gives; send the ETag that came with the task.",
      ]);
    }
    const headers = { "If-Match": `"7", ${etag}` };
    const done = await world.ada.rest(method, `/${id}`, { body, headers });
    expect(done.status).toBe(method === "DELETE" ? 204 : 200);
  });

  test.each(["PATCH", "PUT", "DELETE", "GET"])(
    "%s takes a tag as proxies that compress leave it",
    async (method) => {
      const { ada } = world;
      const { id } = await ada.caller.task.create({ title: "Behind a proxy" });
      const body = method === "GET" || method === "DELETE" ? undefined : { notes: "n" };
      const full = method === "PUT" ? { title: "Behind a proxy" } : body;
      for (const [at, tag] of compressed(await tagOf(id)).entries()) {
        if (method === "GET") {
          const send = async (headers: Record<string, string>) =>
            (await ada.rest(method, `/${id}`, { headers })).status;
          expect([tag, await send({ "If-None-Match": tag })]).toEqual([tag, 304]);
          expect([tag, await send({ "If-None-Match": `"x", ${tag}` })]).toEqual([tag, 304]);
          expect([tag, await send({ "If-Match": tag })]).toEqual([tag, 200]);
        } else {
          const present = compressed(await tagOf(id))[at] ?? "";
          const sent = await ada.rest(method, `/${id}`, {
            body: full,
            headers: { "If-Match": present },
          });
          expect([present, sent.ok]).toEqual([present, true]);
          if (method === "DELETE") await ada.rest("POST", `/${id}/restore`);
        }
      }
    },
  );

  test.each(["PATCH", "PUT", "DELETE"])("%s honours If-None-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Guarded" });
    const etag = await tagOf(id);
    const body = method === "DELETE" ? undefined : { title: "Changed" };
    const send = (tags: string, at = id) =>
      world.ada.rest(method, `/${at}`, {
        body,
        headers: { "If-Match": "*", "If-None-Match": tags },
      });
    for (const tags of ["*", etag, `W/${etag}`, `"7", ${etag}`, `,"7",, W/${etag},`]) {
      const refused = await send(tags);
      expect([tags, refused.status]).toEqual([tags, 412]);
      expect((await problem(refused)).code).toBe("version_mismatch");
    }
    // There is nothing whose tag could match: RFC 9110 §13.2.1 has the 404 come first.
    expect((await send("*", absentId)).status).toBe(404);
    expect((await send(`"2", W/${noTag}`)).ok).toBe(true);
  });

  test.each(["GET", "HEAD"])("%s honours If-Match, before If-None-Match", async (method) => {
    const { id } = await world.ada.caller.task.create({ title: "Read" });
    const etag = await tagOf(id);
    const status = async (headers: Record<string, string>) =>
      (await world.ada.rest(method, `/${id}`, { headers })).status;
    expect(await status({ "If-Match": `"2", ${etag}` })).toBe(200);
    expect(await status({ "If-Match": "*", "If-None-Match": "*" })).toBe(304);
    expect(await status({ "If-Match": etag, "If-None-Match": etag })).toBe(304);
    expect(await status({ "If-Match": noTag, "If-None-Match": etag })).toBe(412);
    expect(await status({ "If-Match": '"1"' })).toBe(412);
    expect(await status({ "If-None-Match": '"1"' })).toBe(200);
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
      { "If-Match": await tagOf(id) },
      { "If-Match": `${noTag}, "3"` },
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
    expect(wins(await race({ "If-Match": await tagOf(id) }))).toBe(1);
    expect(wins(await race({ "If-Match": `${await tagOf(id)}, "9"` }))).toBe(1);
    expect((await world.ada.caller.task.get({ id })).version).toBe(3);
  });

  test("PUT without If-Match is 428, and with it sets every field", async () => {
    const { id } = await world.ada.caller.task.create({ title: "Old", notes: "n", tags: ["a"] });
    expect((await world.ada.rest("PUT", `/${id}`, { body: { title: "New" } })).status).toBe(428);
    const put = await world.ada.rest("PUT", `/${id}`, {
      body: { title: "New" },
      headers: { "If-Match": await tagOf(id) },
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
  const first = await tagOf(id);
  await ada.caller.task.update({ id, title: "Changed" });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      ada.rest("PATCH", `/${id}`, {
        body: { title: `Edit ${at}` },
        headers: { "If-None-Match": first },
      }),
    ),
  );
  const done = answers.filter(({ status }) => status === 200).length;
  expect(answers.every(({ status }) => status === 200 || status === 412)).toBe(true);
  expect(done).toBeGreaterThan(0);
  expect((await ada.caller.task.get({ id })).version).toBe(2 + done);
});
