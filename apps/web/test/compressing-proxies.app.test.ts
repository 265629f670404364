import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram, proxies, startProxy } from "./support/compressing-proxies.ts";
import { appUrl, type Person, signUp } from "./support/http.ts";

let ada: Person;
beforeAll(async () => {
  ada = await signUp();
});

interface Told {
  status: number | undefined;
  etag: string;
  coding: string | undefined;
}

/** As a client asks that takes compressed answers; fetch would hide what came. */
async function ask(
  at: string,
  { method = "GET", body, headers = {} }: { method?: string; body?: object; headers?: object } = {},
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(at, {
      method,
      headers: {
        ...{ Authorization: `Bearer ${ada.token}`, "Accept-Encoding": "gzip, br, zstd" },
        ...(body && { "Content-Type": "application/json" }),
        ...headers,
      },
    });
    sent.on("error", reject).on("response", (answer) => {
      const { etag = "", "content-encoding": coding } = answer.headers;
      answer.resume().on("end", () => resolve({ status: answer.statusCode, etag, coding }));
    });
    sent.end(body && JSON.stringify(body));
  });
}

describe.each(Object.keys(proxies))("behind %s that compresses", (name) => {
  const missing = findProgram(name) === undefined;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  beforeAll(async () => {
    if (!missing) proxy = await startProxy(name, appUrl());
  });
  afterAll(() => proxy?.stop());

  test.skipIf(missing)("the tag that comes is one that is taken", async () => {
    const notes = "long enough to be worth compressing ".repeat(100);
    const created = await ada.tasks("", {
      method: "POST",
      body: JSON.stringify({ title: "Tagged", notes }),
    });
    const task = `${proxy.url}/api/${ada.id}/tasks/${(await created.json()).id}`;

    const read = await ask(task);
    expect([read.status, read.coding]).toEqual([200, expect.stringMatching(/^(gzip|br|zstd)$/)]);
    const kept = await ask(task, { headers: { "If-None-Match": read.etag } });
    expect(kept.status).toBe(304);

    const changed = await ask(task, {
      ...{ method: "PATCH", body: { title: "Changed" }, headers: { "If-Match": read.etag } },
    });
    expect(changed.status).toBe(200);
    const late = await ask(task, {
      ...{ method: "PATCH", body: { title: "Late" }, headers: { "If-Match": read.etag } },
    });
    expect(late.status).toBe(412);
    const fresh = await ask(task, { headers: { "If-None-Match": read.etag } });
    expect(fresh.status).toBe(200);

    const put = await ask(task, {
      ...{ method: "PUT", body: { title: "Put", notes }, headers: { "If-Match": changed.etag } },
    });
    expect(put.status).toBe(200);
    const gone = await ask(task, { method: "DELETE", headers: { "If-Match": put.etag } });
    expect(gone.status).toBe(204);
  });
});
