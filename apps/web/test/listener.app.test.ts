import { get } from "node:http";
import { expect, test } from "vitest";
import { appUrl } from "./support/http.ts";

/** The status of exactly this path, which fetch would resolve. */
const statusOf = (path: string, method = "GET") =>
  new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(appUrl());
    get({ hostname, port, path, method, agent: false }, (answer) => {
      resolve(answer.resume().statusCode);
    }).on("error", reject);
  });

test.each([
  "/api/auth/../auth/sign-in/email",
  "/api/auth/%2e%2e/auth/sign-in/email",
  "/api/auth//sign-in/email",
  "/api/auth%2Fsign-in/email",
  "/api/auth\\sign-in/email",
  "/./sign-in",
])("%s is refused before anything counts it", async (path) => {
  expect(await statusOf(path, "POST")).toBe(400);
});

test("Next's images are closed", async () => {
  expect(await statusOf("/_next/image?url=%2Ficon.svg&w=64&q=75")).toBe(404);
});
