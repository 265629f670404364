import { afterAll, beforeAll, expect, test } from "vitest";
import { cookiesOf, password } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, freePort, startApp } from "./support/start-app.ts";

// Two processes on one database.
let first: App;
let second: App;
let ada: { id: string; token: string };
const cleanUp: (() => Promise<unknown>)[] = [];
const json = { "Content-Type": "application/json" };

beforeAll(async () => {
  const { url, remove } = await ownDatabase();
  cleanUp.push(remove);
  const PORT = String(await freePort());
  const settings = { BETTER_AUTH_URL: `http://localhost:${PORT}`, DATABASE_URL: url };
  first = await startApp({ ...settings, PORT });
  cleanUp.push(() => first.stop());
  second = await startApp(settings);
  cleanUp.push(() => second.stop());

  const response = await fetch(`${first.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { ...json, Origin: first.url },
    body: JSON.stringify({ name: "Ada", email: "ada@example.com", password }),
  });
  const headers = { Cookie: cookiesOf(response) };
  const given = await fetch(`${first.url}/api/auth/token`, { headers });
  ada = { id: (await response.json()).user.id, token: (await given.json()).token };
}, 120_000);

afterAll(async () => {
  for (const undo of cleanUp.reverse()) await undo();
}, 60_000);

const tasksAt = (app: App) => `${app.url}/api/${ada.id}/tasks`;
const asAda = () => ({ Authorization: `Bearer ${ada.token}` });

async function post(app: App, key: string, title: string) {
  const response = await fetch(tasksAt(app), {
    method: "POST",
    headers: { ...json, ...asAda(), "Idempotency-Key": `"${key}"` },
    body: JSON.stringify({ title }),
  });
  return `${response.status} ${response.headers.get("location")} ${await response.text()}`;
}

async function countTasks(title: string): Promise<number> {
  const query = `?limit=100&q=${encodeURIComponent(title)}`;
  const response = await fetch(tasksAt(first) + query, { headers: asAda() });
  return (await response.json()).items.length;
}

test("a thousand retries at two processes: one row, one answer", async () => {
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, n) => post(n % 2 ? first : second, "thousand", "Thousand")),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^201 /);
  expect(await countTasks("Thousand")).toBe(1);
});

test("a process is killed at work: what is retried elsewhere happens once", async () => {
  const keys = Array.from({ length: 60 }, (_, n) => `killed-${n}`);
  const sent = keys.map((key) => post(second, key, "Survivor").catch(() => null));
  await Promise.any(sent.map(async (answer) => (await answer) ?? Promise.reject()));
  second.child.kill("SIGKILL");
  const answers = await Promise.all(sent);
  expect(answers.filter((answer) => answer === null).length).toBeGreaterThan(0);

  const retries = await Promise.all(keys.map((key) => post(first, key, "Survivor")));
  for (const [n, answer] of answers.entries()) if (answer) expect(retries[n]).toBe(answer);
  expect(retries.every((answer) => answer.startsWith("201 "))).toBe(true);
  expect(await countTasks("Survivor")).toBe(60);
});
