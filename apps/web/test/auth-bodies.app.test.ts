import { describe, expect, test } from "vitest";
import { appUrl } from "./support/http.ts";

/** Sends a body, to sign-in, without saying how long it is. */
function send(
  body: Uint8Array | string,
  type = "application/json",
  path = "/api/auth/sign-in/email",
) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const init = { body: stream, duplex: "half" };
  return fetch(appUrl() + path, {
    method: "POST",
    headers: { "Content-Type": type, Origin: appUrl() },
    ...init,
  });
}

describe("a body that Better Auth would read before it looks at it is the client's fault:", () => {
  const cases: [name: string, body: Uint8Array | string, status: number, code: string][] = [
    ["too long", `{"email":"${"a".repeat(70_000)}"}`, 413, "body_too_large"],
    ["not UTF-8", Uint8Array.of(0x22, 0xff, 0x22), 400, "malformed_body"],
    [
      "cut off in the middle of a character",
      Uint8Array.of(0x22, 0xe2, 0x82),
      400,
      "malformed_body",
    ],
    ["not JSON", '{"email":', 400, "BAD_REQUEST"],
  ];
  test.each(cases)("%s", async (_, body, status, code) => {
    const response = await send(body);
    expect(response.status).toBe(status);
    expect((await response.json()).code).toBe(code);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])(
    "too long, as %s",
    async (type) => {
      const response = await send(`a=${"a".repeat(70_000)}`, type);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    },
  );
});

test.each(["/sign-in", "/tasks", "/nowhere"])(
  "a page refuses a body that is too long: %s",
  async (path) => {
    const told = await fetch(appUrl() + path, { method: "POST", body: "a".repeat(70_000) });
    for (const response of [told, await send("a".repeat(70_000), "text/plain", path)]) {
      expect(response.status).toBe(413);
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect((await response.json()).code).toBe("body_too_large");
    }
  },
);
