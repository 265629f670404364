import { startTestServer, type TestServer } from "@taskbridge/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Person, password, signUp } from "./support/http.ts";
import { type App, startApp } from "./support/start-app.ts";
import { acknowledged, ask, countTitles, type Said, startWriting } from "./support/writers.ts";

/** 5 s are promised; the machine may be busy with other things besides. */
const BOUND_MS = 8_000;

let server: TestServer;
let app: App;
let ada: Person;
const cleanUp: (() => Promise<unknown>)[] = [];

const refused = ({ status }: Said) => !acknowledged({ status } as Said);

// The embedded database goes away with the app: killed.app.db.test.ts.
describe("a server that crashes under load", () => {
  beforeAll(async () => {
    // One that keeps its word: with synchronous_commit off, a crash may lose what was acknowledged.
    const started = await startTestServer({ durable: true });
    if (!started) throw new Error("There are no PostgreSQL server binaries here.");
    server = started;
    cleanUp.push(server.stop);
    app = await startApp({ DATABASE_URL: server.url });
    cleanUp.push(() => app.stop());
    ada = await signUp("Ada", app.url);
  }, 120_000);
  afterAll(async () => {
    for (const undo of cleanUp.reverse()) await undo();
  }, 60_000);

  test("and comes back loses no acknowledged write", { timeout: 180_000 }, async () => {
    const writing = startWriting(app.url, ada);
    await writing.further(100, acknowledged);
    await server.crash();
    await writing.further(100, refused);
    await writing.further(20, ({ code }) => code === "revocation_unknown");
    await server.restart();
    await writing.further(100, acknowledged);
    await writing.stop();

    // Every answer was one or the other, and came in time.
    for (const said of writing.answers().filter(refused)) {
      expect(said).toMatchObject({ status: 503, retryAfter: "1" });
      expect(["unavailable", "revocation_unknown"]).toContain(said.code);
    }
    expect(Math.max(...writing.answers().map(({ tookMs }) => tookMs))).toBeLessThan(BOUND_MS);

    const found = await countTitles(app.url, ada);
    for (const { write, said } of writing.all) {
      const wanted = said.some(acknowledged) ? [1] : [undefined, 1];
      expect(wanted, write.title).toContain(found.get(write.title));
    }
    expect(app.child.exitCode).toBeNull();
  });

  test("meanwhile nobody is signed out, or told that they are", { timeout: 60_000 }, async () => {
    const { cookie, email } = ada;
    const signedIn = { Cookie: cookie, Origin: app.url, "Content-Type": "application/json" };
    const body = JSON.stringify({ email, password });
    await server.crash();
    const [page, ...answers] = await Promise.all([
      ask(`${app.url}/tasks`, { headers: signedIn }),
      ask(`${app.url}/api/auth/token`, { headers: signedIn }),
      ask(`${app.url}/api/auth/get-session`, { headers: signedIn }),
      ask(`${app.url}/api/auth/sign-in/email`, { method: "POST", headers: signedIn, body }),
      ask(`${app.url}/api/auth/sign-out`, { method: "POST", headers: signedIn, body: "{}" }),
    ]);
    for (const said of answers) {
      expect(said).toMatchObject({ status: 503, retryAfter: "1", code: "unavailable" });
    }
    expect([page.status, page.text.includes("PrismaClient")]).toEqual([500, false]);
    await server.restart();
    expect((await ask(`${app.url}/api/auth/token`, { headers: signedIn })).status).toBe(200);
    expect((await ask(`${app.url}/tasks`, { headers: signedIn })).status).toBe(200);
  });
});
