import { createDb } from "@taskbridge/db";
import { bareClient } from "@taskbridge/db/bare-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAgain } from "./support/doors.ts";
import { appUrl, type Person, post, signUp } from "./support/http.ts";
import { ownDatabase } from "./support/own-database.ts";
import { type App, startApp } from "./support/start-app.ts";

const add = (person: Person, task: object) =>
  person.tasks("", { method: "POST", body: JSON.stringify(task) });

const open = (path: string, headers: Record<string, string>, at = appUrl()) =>
  fetch(at + path, { headers, redirect: "manual" });

/** The titles of the rows in a page's markup; what its scripts carry is not shown yet. */
const rowsIn = (html: string) =>
  [...withoutScripts(html).matchAll(/aria-label="Edit: ([^"]*)"/g)].map(([, title]) => title);
const withoutScripts = (html: string) => html.replace(/<script\b.*?<\/script>/gs, "");
const waits = (html: string) => withoutScripts(html).includes("Loading your tasks");

let ada: Person;
let bob: Person;

beforeAll(async () => {
  [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  await add(ada, { title: "Mow Ada's lawn", tags: ["garden"], dueDate: "2031-02-02" });
  await add(ada, { title: "Feed Ada's cat", completed: true });
  await add(ada, { title: "Pay Ada's rent", priority: "high", dueDate: "2001-01-01" });
  await add(bob, { title: "Call Bob's bank", tags: ["bank"] });
});

describe("the page comes with the list that its address says", () => {
  // Written as they are in HTML.
  const lawn = "Mow Ada&#x27;s lawn";
  const cat = "Feed Ada&#x27;s cat";
  const rent = "Pay Ada&#x27;s rent";

  test.each([
    ["/tasks", [rent, lawn]],
    ["/tasks?sort=title&order=asc", [lawn, rent]],
    ["/tasks?view=all", [rent, cat, lawn]],
    ["/tasks?view=completed", [cat]],
    ["/tasks?view=overdue", [rent]],
    ["/tasks?view=upcoming", [lawn]],
    ["/tasks?view=today", [rent]],
    ["/tasks?tag=garden", [lawn]],
    ["/tasks?priority=high", [rent]],
    ["/tasks?q=ada+lawn", [lawn]],
    ["/tasks?q=nothing+of+this", []],
  ])("%s", async (path, titles) => {
    const response = await open(path, { Cookie: ada.cookie });
    const html = await response.text();
    expect([response.status, rowsIn(html), waits(html)]).toEqual([200, titles, false]);
    // The number beside "Open".
    expect(withoutScripts(html)).toMatch(/>2<\/span><\/a>/);
  });

  test.each([
    ["/tasks", "Open"],
    ["/tasks?view=overdue", "Overdue"],
    ["/tasks?tag=garden", "Tasks tagged #garden"],
  ])("%s is titled after it", async (path, title) => {
    const html = await (await open(path, { Cookie: ada.cookie })).text();
    const titles = [...html.matchAll(/<title>([^<]*)<\/title>/g)].map(([, text]) => text);
    expect(titles).toEqual([`${title} · Taskbridge`]);
  });

  test("by the day that it is where the visitor is", async () => {
    const eve = await signUp("Eve");
    const dayIn = (timeZone: string) =>
      new Intl.DateTimeFormat("sv", { timeZone }).format(new Date());
    // Twenty-five hours apart: it is never the same day in both.
    const [ahead, behind] = ["Pacific/Kiritimati", "Pacific/Niue"];
    await add(eve, { title: "Ahead", dueDate: dayIn(ahead) });
    await add(eve, { title: "Behind", dueDate: dayIn(behind) });
    for (const [zone, titles] of [
      // There, what is due elsewhere today is overdue.
      [ahead, ["Behind", "Ahead"]],
      [behind, ["Behind"]],
    ] as const) {
      const cookie = `${eve.cookie}; time-zone=${encodeURIComponent(zone)}`;
      const html = await (await open("/tasks?view=today", { Cookie: cookie })).text();
      expect(rowsIn(html)).toEqual(titles);
    }
  });

  test("of many tasks the first ones, and no style that the policy forbids", async () => {
    const eve = await signUp("Eve");
    const titles = Array.from({ length: 60 }, (_, at) => `Task ${at}`);
    const body = JSON.stringify(titles.map((title) => ({ title })));
    expect((await eve.tasks("/import", { method: "POST", body })).status).toBe(200);
    const html = await (await open("/tasks", { Cookie: eve.cookie })).text();
    expect(rowsIn(html)).toHaveLength(25);
    expect(withoutScripts(html)).not.toMatch(/<[a-z][^>]*\sstyle=/);
  });
});

describe("nobody gets what another's page came with", () => {
  /** Everything of a page: its markup and what its scripts carry. */
  const everything = async (path: string, headers: Record<string, string>) => {
    const response = await open(headers.RSC ? asked(path) : path, headers);
    expect(response.headers.get("cache-control")).toContain("no-store");
    return { status: response.status, text: await response.text() };
  };
  const asked = (path: string) => `${path}${path.includes("?") ? "&" : "?"}_rsc`;
  const paths = [
    "/tasks",
    "/tasks?view=all",
    "/tasks?view=deleted",
    "/tasks?tag=bank",
    "/tasks?q=",
  ];
  const kinds: [string, Record<string, string>][] = [
    ["as a page", {}],
    ["as Next's own data", { RSC: "1" }],
  ];

  test.each(kinds)("two users at the same time, %s", async (_, headers) => {
    await Promise.all(
      [...paths, ...paths].flatMap((path) =>
        [ada, bob].map(async (me) => {
          const { status, text } = await everything(path, { ...headers, Cookie: me.cookie });
          const theirs = me === ada ? "Bob" : "Ada";
          expect(status).toBe(200);
          expect(text).not.toContain(`${theirs}'s`);
          expect(text).not.toContain(`${theirs}&#x27;s`);
        }),
      ),
    );
    // One by one: a page waits for its tasks for a second, and those were many on what may be a busy machine.
    for (const [me, mine] of [
      [ada, "Ada's"],
      [bob, "Bob's"],
    ] as const) {
      const page = await everything("/tasks?view=all", { ...headers, Cookie: me.cookie });
      expect(page.text).toContain(mine);
    }
  });

  test.each(kinds)(
    "a visitor without a session, a false one, or one that is over, %s",
    async (_, headers) => {
      const over = await signInAgain(ada);
      expect((await everything("/tasks", { Cookie: over.cookie })).text).toContain("Ada's");
      await post("/api/auth/sign-out", {}, { Cookie: over.cookie });
      const forged = ada.cookie.replace(/=.*?\./, "=x.");
      for (const cookie of ["", over.cookie, forged]) {
        for (const path of paths) {
          const { text } = await everything(path, { ...headers, Cookie: cookie });
          // Whole words: random text has these letters now and then.
          expect(text).not.toMatch(/\b(?:Ada|Bob)\b/);
        }
      }
    },
  );
});

describe("without its tasks the page is there all the same", () => {
  let database: Awaited<ReturnType<typeof ownDatabase>>;
  let app: App;
  let eve: Person;

  beforeAll(async () => {
    database = await ownDatabase();
    app = await startApp({ DATABASE_URL: database.url, RATE_LIMIT: "on", API_RATE_LIMIT: "12" });
    eve = await signUp("Eve", app.url);
    await add(eve, { title: "Here" });
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await database?.remove();
  }, 60_000);

  const page = async () => {
    const response = await open("/tasks", { Cookie: eve.cookie }, app.url);
    return { status: response.status, html: await response.text() };
  };
  const rename = async (from: string, to: string) => {
    const db = createDb(database.url);
    await bareClient(db).$executeRawUnsafe(`ALTER TABLE "${from}" RENAME TO "${to}"`);
    await db.close();
  };

  test("where they cannot be read, which is told", async () => {
    await rename("task", "hidden");
    const { status, html } = await page();
    await rename("hidden", "task");
    expect([status, rowsIn(html), waits(html)]).toEqual([200, [], true]);
    expect(/relation|prisma/i.test(html)).toBe(false);
    await expect
      .poll(() => app.output(), { timeout: 15_000 })
      .toMatch(
        /"level":"error","message":"A request failed unexpectedly\."[^\n]*"path":"\/api\/trpc\//,
      );
    // Requests are refused, uncounted, until a look at the database finds it well again.
    await expect
      .poll(async () => rowsIn((await page()).html), { interval: 1_000, timeout: 15_000 })
      .toEqual(["Here"]);
  });

  test("where the visitor has made all the calls that they may", async () => {
    // Two calls of each page count, as if the browser had made them.
    const pages = [];
    for (let at = 0; at < 8; at += 1) pages.push(await page());
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
    const last = pages.at(-1)?.html ?? "";
    expect([rowsIn(last), waits(last)]).toEqual([[], true]);
    const { status } = await eve.tasks();
    expect(status).toBe(429);
  });
});
