// Asks Lighthouse, three times each, what it thinks of the sign-in page and of the task page of the
// production build, and fails where the median of a category is too low. It wants a machine with nothing
// else to do: performance is measured by the processor's time. Lighthouse is fetched when this is run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { chromium } from "@playwright/test";
import playwright from "../playwright.config.ts";
import { freePort, scratchDir, startApp } from "../test/support/start-app.ts";

// The last major version that runs on Node 20.
const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = 3;
const wanted = { performance: 95, accessibility: 100, "best-practices": 100 };
type Category = keyof typeof wanted;
const categories = Object.keys(wanted) as Category[];

type Cookie = Record<"name" | "value" | "url", string>;
type Scores = Record<Category, number>;
interface Report {
  finalDisplayedUrl: string;
  runtimeError?: { message: string };
  categories: Record<Category, { score: number | null }>;
  audits: Record<string, { displayValue?: string }>;
}

const { executablePath, args = [] } = playwright.use?.launchOptions ?? {};

/** One visit with an empty profile; nothing else may be attached to its browser meanwhile. */
async function visit(url: string, cookies: Cookie[]): Promise<Report> {
  const profile = await scratchDir();
  const port = await freePort();
  const browser = spawn(
    executablePath ?? chromium.executablePath(),
    [
      "--headless=new",
      ...args,
      `--remote-debugging-port=${port}`,
      `--user-data-dir=${profile.path}`,
      "about:blank",
    ],
    { stdio: "ignore" },
  );
  const gone = once(browser, "exit");
  try {
    await putCookies(`http://127.0.0.1:${port}`, cookies);
    return await report(url, port);
  } finally {
    browser.kill();
    await gone;
    await profile.remove();
  }
}

async function putCookies(address: string, cookies: Cookie[]): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (await fetch(`${address}/json/version`).then(isOk, () => false)) break;
    await setTimeout(500);
  }
  const browser = await chromium.connectOverCDP(address);
  await browser.contexts()[0]?.addCookies(cookies);
  // Only the connection.
  await browser.close();
}

async function report(url: string, port: number): Promise<Report> {
  const lighthouse = spawn(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      url,
      "--quiet",
      "--no-enable-error-reporting",
      "--output=json",
      `--only-categories=${categories.join(",")}`,
      `--port=${port}`,
      // The profile is empty but for the cookies.
      "--disable-storage-reset",
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [output, [status]] = await Promise.all([text(lighthouse.stdout), once(lighthouse, "exit")]);
  if (status !== 0) throw new Error(`Lighthouse ended with ${status}.`);
  const said: Report = JSON.parse(output);
  if (said.runtimeError) throw new Error(said.runtimeError.message);
  if (said.finalDisplayedUrl !== url) throw new Error(`It saw ${said.finalDisplayedUrl}.`);
  return said;
}

const isOk = ({ ok }: Response) => ok;

const times = {
  FCP: "first-contentful-paint",
  LCP: "largest-contentful-paint",
  TBT: "total-blocking-time",
  CLS: "cumulative-layout-shift",
};

async function judge(url: string, path: string, cookies: Cookie[] = []): Promise<boolean> {
  const runs: Scores[] = [];
  for (let run = 1; run <= RUNS; run++) {
    const { categories: rated, audits } = await visit(url + path, cookies);
    const scores = eachCategory((name) => Math.round((rated[name].score ?? 0) * 100));
    runs.push(scores);
    const shown = Object.entries(times).map(
      ([short, audit]) => `${short} ${audits[audit]?.displayValue}`,
    );
    process.stdout.write(`${path}, run ${run}: ${written(scores)}  (${shown.join(", ")})\n`);
  }
  const medians = eachCategory((name) => median(runs.map((scores) => scores[name])));
  const low = categories.filter((name) => medians[name] < wanted[name]);
  const verdict = low.map((name) => `${name} must be ${wanted[name]}`).join(", ") || "good";
  process.stdout.write(`${path}, medians: ${written(medians)}: ${verdict}\n`);
  return low.length === 0;
}

const eachCategory = (score: (name: Category) => number) =>
  Object.fromEntries(categories.map((name) => [name, score(name)])) as Scores;
const written = (scores: Scores) => categories.map((name) => `${name} ${scores[name]}`).join(", ");
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Somebody with some tasks, as the cookies of their browser. */
async function signUpWithTasks(at: string): Promise<Cookie[]> {
  const post = async (path: string, body: unknown, headers: Record<string, string>) => {
    const answer = await fetch(at + path, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
    return answer;
  };
  const person = { name: "Ada", email: "ada@example.com", password: "a long passphrase" };
  const signedUp = await post("/api/auth/sign-up/email", person, { Origin: at });
  const { user } = await signedUp.json();
  const pairs = signedUp.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const issued = await fetch(`${at}/api/auth/token`, { headers: { Cookie: pairs.join("; ") } });
  const { token } = await issued.json();
  const titles = ["Write the report", "Water the plants", "Call Grace"];
  const tasks = titles.map((title) => ({ title, tags: ["home"], priority: "high" }));
  await post(`/api/${user.id}/tasks/import`, tasks, { Authorization: `Bearer ${token}` });
  return pairs.map((pair) => {
    const end = pair.indexOf("=");
    return { name: pair.slice(0, end), value: pair.slice(end + 1), url: at };
  });
}

const dataDir = await scratchDir();
const app = await startApp({ DATA_DIR: dataDir.path });
try {
  const cookies = await signUpWithTasks(app.url);
  const signIn = await judge(app.url, "/sign-in");
  const tasks = await judge(app.url, "/tasks", cookies);
  process.exitCode = signIn && tasks ? 0 : 1;
} finally {
  await app.stop();
  await dataDir.remove();
}
