import { beforeAll, describe, expect, test } from "vitest";
import { appUrl, cookiesOf, type Person, password, post, signUp } from "./support/http.ts";

// What a page of another site could make a browser send to Better Auth, and where it could be sent to
// from there. Better Auth lets its guard down under test, so this asks the running app.

let ada: Person;
beforeAll(async () => {
  ada = await signUp("Ada");
});

const changes: [path: string, body: object][] = [
  ["/sign-out", {}],
  ["/delete-user", { password }],
  ["/change-password", { currentPassword: password, newPassword: "another passphrase" }],
  ["/revoke-sessions", {}],
  ["/revoke-other-sessions", {}],
  ["/sign-in/email", { email: "eve@example.com", password }],
  ["/sign-up/email", { name: "Eve", email: "eve@example.com", password }],
];

const foreign = (): [name: string, headers: Record<string, string>][] => {
  const { port } = new URL(appUrl());
  return [
    ["another site", { Origin: "https://evil.example" }],
    ["another port", { Origin: `http://localhost:${Number(port) - 1}` }],
    ["another scheme", { Origin: `https://localhost:${port}` }],
    ["a name that begins alike", { Origin: `${appUrl()}.evil.example` }],
    ["a name with ours in it", { Origin: `https://evil.example/${appUrl()}` }],
    ["a user of our name", { Origin: `${appUrl()}@evil.example` }],
    ["nowhere that is told", { Origin: "null" }],
    ["a page of another site", { Origin: "", Referer: "https://evil.example/page" }],
    ["no place at all", { Origin: "" }],
    ["another site, as browsers say", { Origin: "", "Sec-Fetch-Site": "cross-site" }],
    [
      "a form of another site",
      {
        Origin: "https://evil.example",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
      },
    ],
  ];
};

const types = ["application/json", "application/x-www-form-urlencoded", "text/plain"];

test("a page at another address is told the app's", async () => {
  const headers = { Cookie: ada.cookie, Origin: "http://tasks.lan:3000" };
  const response = await post("/api/auth/sign-out", {}, headers);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: "INVALID_ORIGIN", appUrl: appUrl() });
});

describe("with somebody's cookie", () => {
  test.each(changes)("%s is refused from wherever it is not ours", async (path, body) => {
    for (const [name, headers] of foreign()) {
      const response = await post(`/api/auth${path}`, body, { Cookie: ada.cookie, ...headers });
      expect([name, response.status]).toEqual([name, 403]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  test.each(types)("a form's %s does not get in either", async (type) => {
    for (const [path, body] of changes) {
      const text =
        type === "application/json" ? JSON.stringify(body) : `${new URLSearchParams({ ...body })}`;
      const response = await fetch(`${appUrl()}/api/auth${path}`, {
        method: "POST",
        headers: { "Content-Type": type, Cookie: ada.cookie, Origin: "https://evil.example" },
        body: text,
      });
      expect([path, [403, 415].includes(response.status)]).toEqual([path, true]);
    }
  });

  test("and nothing has happened to its owner", async () => {
    const response = await fetch(`${appUrl()}/api/auth/get-session`, {
      headers: { Cookie: ada.cookie },
    });
    expect((await response.json()).user).toMatchObject({ id: ada.id, name: "Ada" });
    expect((await ada.tasks()).status).toBe(200);
  });

  test("nor is anything changed by a GET, which links of other sites may lead to", async () => {
    for (const [path] of changes) {
      const response = await fetch(`${appUrl()}/api/auth${path}`, {
        headers: { Cookie: ada.cookie },
        redirect: "manual",
      });
      expect([path, [404, 405].includes(response.status)]).toEqual([path, true]);
    }
  });
});

describe("without a cookie", () => {
  test.each(["/sign-in/email", "/sign-up/email"])(
    "%s is refused to other sites, which would have somebody act in their account",
    async (path) => {
      const body = { name: "Eve", email: ada.email, password };
      for (const [name, headers] of foreign()) {
        const response = await post(`/api/auth${path}`, body, headers);
        expect([name, response.status]).toEqual([name, 403]);
        expect(response.headers.getSetCookie()).toEqual([]);
      }
    },
  );

  test("our own pages get in, by both names of the loopback", async () => {
    const { port } = new URL(appUrl());
    for (const host of ["localhost", "127.0.0.1"]) {
      const headers = { Origin: `http://${host}:${port}`, "Sec-Fetch-Site": "same-origin" };
      const response = await post(
        "/api/auth/sign-in/email",
        { email: ada.email, password },
        headers,
      );
      expect([response.status, cookiesOf(response).length > 0]).toEqual([200, true]);
    }
  });
});

const elsewhere = [
  "https://evil.example/",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https:evil.example",
  "https:/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " //evil.example",
  "\u0001//evil.example",
  "/%2Fevil.example",
  "/%5Cevil.example",
  "/%09/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "@evil.example",
  ".evil.example",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,x",
];

describe("nobody is sent elsewhere by", () => {
  /** Where an answer leads to, as a browser reads it. */
  const placesIn = async (response: Response) => {
    const { url } = (await response.json().catch(() => null)) ?? {};
    const places = [response.headers.get("location"), url].filter((place) => place);
    return places.map((place) => new URL(String(place), appUrl()).origin);
  };

  test.each(["callbackURL", "redirectTo", "errorCallbackURL", "newUserCallbackURL"])(
    "a sign-in's %s",
    async (field) => {
      for (const place of [...elsewhere, `${appUrl()}.evil.example`, `${appUrl()}@evil.example`]) {
        const body = { email: ada.email, password, [field]: place };
        const response = await post("/api/auth/sign-in/email", body);
        for (const origin of await placesIn(response))
          expect([place, origin]).toEqual([place, appUrl()]);
      }
    },
  );

  test.each([
    "/verify-email?token=x&callbackURL=",
    "/reset-password/x?callbackURL=",
    "/delete-user/callback?token=x&callbackURL=",
    "/sign-out?callbackURL=",
    "/error?error=x&callbackURL=",
    "/ok?callbackURL=",
    "/token?redirectTo=",
  ])("%s", async (path) => {
    for (const place of elsewhere) {
      const response = await fetch(`${appUrl()}/api/auth${path}${encodeURIComponent(place)}`, {
        headers: { Cookie: ada.cookie },
        redirect: "manual",
      });
      expect([place, response.status < 500]).toEqual([place, true]);
      for (const origin of await placesIn(response))
        expect([place, origin]).toEqual([place, appUrl()]);
    }
  });

  test("the sign-in page, for somebody who is signed in", async () => {
    for (const place of elsewhere) {
      const response = await fetch(`${appUrl()}/sign-in?next=${encodeURIComponent(place)}`, {
        headers: { Cookie: ada.cookie },
        redirect: "manual",
      });
      expect(response.status).toBe(307);
      const location = new URL(response.headers.get("location") ?? "", appUrl());
      expect([place, location.href]).toEqual([place, `${appUrl()}/tasks`]);
    }
  });
});
