import { describe, expect, test } from "vitest";
import { absentId, problem, restRequest, twoUsers } from "./support/two-users.ts";

const world = twoUsers();

describe("401", () => {
  test("without a token, the challenge names no error", async () => {
    const response = await world.api.fetch(restRequest("GET", `/api/${world.ada.id}/tasks`));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="taskbridge"');
    expect((await problem(response)).code).toBe("token_missing");
  });

  test("with a bad one, it does", async () => {
    const response = await world.ada.rest("GET", "", {
      headers: { Authorization: "Bearer nonsense" },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(
      /^Bearer realm="taskbridge", error="invalid_token", error_description="[^"]+"$/,
    );
    expect((await problem(response)).code).toBe("token_malformed");
  });

  test("an expired one is told as such", async () => {
    const issuedAt = Math.floor(Date.now() / 1000) - 1000;
    const token = await world.issue({ userId: world.ada.id, sessionId: "s", issuedAt });
    const response = await world.ada.rest("GET", "", {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
    expect((await problem(response)).code).toBe("token_expired");
  });

  test("a token in the query, a cookie or the body is not taken", async () => {
    const { ada, api } = world;
    const response = await api.fetch(
      restRequest("POST", `/api/${ada.id}/tasks?access_token=${ada.token}`, {
        body: { title: "x", access_token: ada.token },
        headers: { Cookie: `token=${ada.token}` },
      }),
    );
    expect((await problem(response)).code).toBe("token_missing");
  });

  test("a token whose user is gone is 401, not a broken foreign key", async () => {
    const token = await world.issue({ userId: "deleted-user", sessionId: "s" });
    const response = await world.ada.rest("POST", "", {
      of: "deleted-user",
      headers: { Authorization: `Bearer ${token}` },
      body: { title: "x" },
    });
    expect(response.status).toBe(401);
    expect((await problem(response)).code).toBe("token_revoked");
  });
});

describe("routes and methods", () => {
  test.each(["/a/b", "/", "/a/", "/a/restore/", "/a/b/restore", "/deleted/b", "//restore"])(
    "tasks%s is 404",
    async (path) => {
      const response = await world.ada.rest("GET", path);
      expect((await problem(response)).code).toBe("route_not_found");
    },
  );

  test.each([
    ["/api/nothing", 404],
    ["/api/", 404],
    ["/api//tasks", 404],
    ["/api/%zz/tasks", 404],
  ])("%s is %i", async (path, status) => {
    const response = await world.api.fetch(restRequest("GET", path));
    expect(response.status).toBe(status);
    await problem(response);
  });

  test.each([
    ["/deleted", "OPTIONS, HEAD, GET"],
    ["/counts", "OPTIONS, HEAD, GET"],
    ["/set-completed", "OPTIONS, POST"],
    ["/change-many", "OPTIONS, POST"],
    ["/clear-completed", "OPTIONS, POST"],
    [`/${absentId}/restore`, "OPTIONS, POST"],
    ["/%64eleted", "OPTIONS, HEAD, GET"],
  ])("tasks%s allows %s", async (path, allow) => {
    const options = await world.ada.rest("OPTIONS", path);
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    for (const method of ["PATCH", allow.includes("GET") ? "POST" : "HEAD"]) {
      const wrong = await world.ada.rest(method, path);
      expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, allow]);
    }
  });

  test("405 says what is allowed, OPTIONS too", async () => {
    const wrong = await world.ada.rest("PUT");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("OPTIONS, HEAD, GET, POST");
    expect((await problem(wrong)).code).toBe("method_not_allowed");
    const options = await world.api.fetch(restRequest("OPTIONS", `/api/u/tasks/${absentId}`));
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe("OPTIONS, HEAD, GET, PATCH, PUT, DELETE");
  });
});
