import { problemCodes } from "@taskbridge/api";
import { describe, expect, test } from "vitest";
import { appUrl, signUp } from "./support/http.ts";

const open = ["/sign-in", "/sign-up", "/docs", "/problems", `/problems/${problemCodes[0]}`];
const missing = ["/no-such-page", "/problems/no_such_code", "/_next/none", "/api", "/%E0%A4%A"];

const page = (path: string, headers: Record<string, string> = {}) =>
  fetch(appUrl() + path, { headers, redirect: "manual" });

const nonceIn = ({ headers }: Response) =>
  /script-src 'nonce-([A-Za-z0-9+/]{22}==)' 'strict-dynamic';/.exec(
    headers.get("content-security-policy") ?? "",
  )?.[1];

/** Sees that a page keeps to its own policy, and returns the nonce of this one answer. */
async function expectGuarded(response: Response): Promise<string> {
  const nonce = nonceIn(response) ?? "none";
  const html = await response.text();
  const scripts = html.match(/<script\b[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(` nonce="${nonce}"`);
  for (const style of html.match(/<style\b[^>]*>/g) ?? []) expect(style).toContain(nonce);
  expect(html).not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)=/);
  return nonce;
}

describe("every page", () => {
  test.each([...open, ...missing])("%s has a nonce of its own in each script", async (path) => {
    const answers = [await page(path), await page(path)];
    for (const { status } of answers) expect(status).toBe(open.includes(path) ? 200 : 404);
    const nonces = await Promise.all(answers.map(expectGuarded));
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test("/tasks too, for whom it is", async () => {
    const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
    const answers = [
      await page("/tasks", { Cookie: ada.cookie }),
      await page("/tasks", { Cookie: bob.cookie }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const nonces = await Promise.all(answers.map(expectGuarded));
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test("takes no nonce and no policy from the client", async () => {
    const response = await page("/sign-in", {
      "X-Nonce": "bXkgb3duIG5vbmNlIQ==",
      "Content-Security-Policy": "script-src 'nonce-bXkgb3duIG5vbmNlIQ=='",
      "X-Middleware-Subrequest": "src/proxy:src/proxy:src/proxy:src/proxy:src/proxy",
    });
    expect(await expectGuarded(response)).not.toBe("bXkgb3duIG5vbmNlIQ==");
  });

  test("allows nothing beside its own", async () => {
    const response = await page("/sign-in");
    const nonce = `'nonce-${nonceIn(response)}'`;
    expect(response.headers.get("content-security-policy")?.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${nonce} 'strict-dynamic'`,
      `style-src 'self' ${nonce}`,
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
  });
});

const common = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

describe("every answer has the headers that browsers heed:", () => {
  test.each([...open, ...missing, "/", "/tasks", "/icon.svg", "/api/openapi.json", "/api/none"])(
    "%s",
    async (path) => {
      const { headers } = await page(path);
      expect(Object.fromEntries(headers)).toMatchObject(common);
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  test("what is no page allows nothing at all", async () => {
    const { id, token, cookie } = await signUp();
    const bearer = { Authorization: `Bearer ${token}` };
    const answers = [
      await page(`/api/${id}/tasks`, bearer),
      await page(`/api/${id}/tasks/none`, bearer),
      await page(`/api/${id}/tasks/export`, bearer),
      await page(`/api/${id}/tasks`),
      await page("/api/trpc/session.whoami", bearer),
      await page("/api/trpc/none"),
      await page("/api/auth/token", { Cookie: cookie }),
      await page("/api/auth/token"),
      await page("/api/auth/none"),
      await page("/api/openapi.json"),
    ];
    for (const { headers } of answers) {
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect(Object.fromEntries(headers)).toMatchObject(common);
    }
  });

  test("files of the build are not taken for anything else", async () => {
    const html = await (await page("/sign-in")).text();
    const [file] = html.match(/\/_next\/static\/[^"]+\.js/) ?? [];
    const { status, headers } = await page(file ?? "");
    expect(status).toBe(200);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });
});
