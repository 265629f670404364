import { EMPTY_PAGE, scriptBytes } from "../../apps/web/test/support/script-bytes.ts";
import { type App, startApp } from "../../apps/web/test/support/start-app.ts";
import type { Person } from "./person.ts";

/** A figure that a person waits for, beside what it may be at most. */
export interface Wait {
  what: string;
  is: number;
  atMost: number;
  unit: string;
}

/** Starts what was built before, and says how long it took to the first answer. */
export async function startAgain(settings: Record<string, string>): Promise<[App, Wait]> {
  const startedAt = performance.now();
  const app = await startApp(settings);
  const { ok } = await fetch(`${app.url}/api/auth/ok`);
  if (!ok) throw new Error("The app does not answer.");
  const is = (performance.now() - startedAt) / 1000;
  return [app, { what: "second start, to the first answer", is, atMost: 3, unit: "s" }];
}

/** What the pages load, and whether the first list is in the page itself. */
export async function weighPages(at: string, { cookie }: Person, title: RegExp): Promise<Wait[]> {
  const above = async (path: string, cookie = "") =>
    ((await scriptBytes(at + path, cookie)) - EMPTY_PAGE) / 1000;
  const page = await (await fetch(`${at}/tasks`, { headers: { cookie } })).text();
  const drawn = title.test(page);
  return [
    {
      what: "script of sign-in above an empty page",
      is: await above("/sign-in"),
      atMost: 35,
      unit: "kB",
    },
    {
      what: "script of the tasks above an empty page",
      is: await above("/tasks", cookie),
      atMost: 90,
      unit: "kB",
    },
    { what: "requests for the first list after the page", is: drawn ? 0 : 1, atMost: 0, unit: "" },
  ];
}
