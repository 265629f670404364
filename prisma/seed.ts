// `npm run db:seed`: a demo user with a few tasks, through the same doors as everybody else. Running
// it again adds nothing.

import { readSettings } from "../apps/web/src/env.ts";
import { services } from "../apps/web/src/services.ts";
import { respond } from "../packages/host/src/index.ts";
import { forTheReader } from "../scripts/lib/setup.mjs";

const demo = { name: "Demo", email: "demo@example.com", password: "demo demo demo" };
const day = (fromToday: number) =>
  new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);

const tasks = [
  { title: "Read how a request travels", notes: "README.md has a picture of it.", tags: ["docs"] },
  { title: "Call the API with curl", priority: "high", dueDate: day(0), tags: ["api"] },
  { title: "Add a field to a task", priority: "medium", dueDate: day(3), tags: ["code"] },
  { title: "Run npm test", priority: "low", completed: true, tags: ["code"] },
];

async function seed(handle: (request: Request) => Promise<Response>, baseUrl: string) {
  const send = (path: string, init: RequestInit = {}) => {
    const own = { "Content-Type": "application/json", "X-Forwarded-For": "127.0.0.1" };
    const headers = { ...own, Origin: baseUrl, ...init.headers };
    return handle(new Request(`${baseUrl}${path}`, { ...init, headers }));
  };
  const post = (path: string, body: unknown, headers = {}) =>
    send(path, { method: "POST", body: JSON.stringify(body), headers });

  let session = await post("/api/auth/sign-in/email", demo);
  if (session.status === 401) session = await post("/api/auth/sign-up/email", demo);
  if (!session.ok) throw new Error(`The demo user cannot sign in (${session.status}).`);
  const { user } = await session.json();
  const cookies = session.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  const answer = await send("/api/auth/token", { headers: { Cookie: cookies.join("; ") } });
  const { token } = await answer.json();

  const own = { Authorization: `Bearer ${token}` };
  const { items } = await (await send(`/api/${user.id}/tasks`, { headers: own })).json();
  if (items.length > 0) return;
  for (const task of tasks) await post(`/api/${user.id}/tasks`, task, own);
}

try {
  const { baseUrl } = readSettings();
  const { handle, close } = await services();
  await seed((request) => respond(handle, request), baseUrl).finally(close);
  console.log(`Sign in as ${demo.email} with the password "${demo.password}".`);
} catch (error) {
  console.error(forTheReader(error));
  process.exitCode = 1;
}
