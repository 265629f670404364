import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, scratchDir, startApp } from "./support/start-app.ts";

let app: App;
let dataDir: Awaited<ReturnType<typeof scratchDir>>;

beforeAll(async () => {
  dataDir = await scratchDir();
  app = await startApp({ DATA_DIR: dataDir.path, RATE_LIMIT: "on" });
});

afterAll(async () => {
  await app.stop();
  await dataDir.remove();
});

const body = JSON.stringify({ email: "ada@example.com", password: "a guess" });
const asked = (more: Record<string, string>) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", Origin: app.url, ...more },
});

const guess = (address: string) =>
  fetch(`${app.url}/api/auth/sign-in/email`, { ...asked({ "X-Forwarded-For": address }), body });

test("guessing a password is slowed down, whatever address is claimed", async () => {
  const answers: Response[] = [];
  for (let at = 0; at < 25; at += 1) answers.push(await guess(`203.0.113.${at}`));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
  expect(statuses.slice(20)).toEqual(Array(5).fill(429));
  for (const { headers } of answers.slice(20)) {
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
  // Nor can the address be taken away, as if it were about the connection alone (RFC 9110 §7.6.1).
  const unnamed = request(
    `${app.url}/api/auth/sign-in/email`,
    asked({ Connection: "x-forwarded-for" }),
  ).end(body);
  const [answer] = (await once(unnamed, "response")) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(429);
  expect(app.output()).not.toContain("could not determine a client IP");
});
