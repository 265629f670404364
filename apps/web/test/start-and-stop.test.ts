import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { freePort, launch, scratchDir, startApp } from "./support/start-app.ts";

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function dataDir() {
  const folder = await scratchDir();
  cleanUp.push(folder.remove);
  return folder.path;
}

/** Starts what should not start, and returns its last line. */
async function failure(settings: Record<string, string>) {
  const { ended, output } = launch({ PORT: String(await freePort()), ...settings });
  const status = await ended;
  const lines = output().trim().split("\n");
  return { status, last: lines.at(-1), output: output() };
}

describe("one clear sentence and status 1 for", () => {
  test("a taken port", async () => {
    const squatter = createServer().listen(0);
    await once(squatter, "listening");
    cleanUp.push(() => squatter.close());
    const { port } = squatter.address() as { port: number };
    const { status, last } = await failure({ PORT: String(port), DATA_DIR: await dataDir() });
    expect(status).toBe(1);
    expect(last).toBe(`Port ${port} is taken; stop what uses it or set PORT in .env.`);
  });

  test("an unreachable database, without its password", async () => {
    const port = await freePort();
    const { status, last, output } = await failure({
      DATABASE_URL: `postgresql://me:hush-hush@127.0.0.1:${port}/tasks`,
    });
    expect(status).toBe(1);
    expect(last).toContain(`127.0.0.1, port ${port}`);
    expect(output).not.toContain("hush-hush");
    expect(output).not.toContain("    at ");
  });

  test.each([
    ["no secret", { BETTER_AUTH_SECRET: "" }, "BETTER_AUTH_SECRET is missing"],
    ["a weak secret", { BETTER_AUTH_SECRET: "short" }, "BETTER_AUTH_SECRET"],
    ["a data directory that is a file", { DATA_DIR: "package.json" }, "set DATA_DIR"],
    ["a port that is none", { PORT: "http" }, "PORT"],
    ["an address that is none", { BETTER_AUTH_URL: "tasks.example.com" }, "BETTER_AUTH_URL"],
    ["an API's address that is none", { API_URL: "localhost:3001" }, "API_URL must be an origin"],
    ["an API elsewhere on the embedded database", { API_URL: "http://a:1" }, "needs DATABASE_URL"],
    [
      "an API that is this very host",
      {
        API_URL: "http://127.0.0.1:4",
        BETTER_AUTH_URL: "http://localhost:4",
        DATABASE_URL: "postgresql://a/b",
        PORT: "4",
      },
      "API_URL is this host's own address",
    ],
    ["every origin", { CORS_ORIGINS: "*" }, "CORS_ORIGINS must be an origin"],
    ["a pattern of origins", { TRUSTED_ORIGINS: "https://*.a.example" }, "TRUSTED_ORIGINS must be"],
    ["an address of another machine", { HOST: "192.0.2.1" }, "HOST is 192.0.2.1, which is no"],
    ["a switch that is none", { RATE_LIMIT: "maybe" }, "RATE_LIMIT"],
  ])("%s", async (_, settings, name) => {
    const { status, last, output } = await failure({ DATA_DIR: await dataDir(), ...settings });
    expect(status).toBe(1);
    expect(last).toContain(name);
    expect(output).not.toContain("    at ");
  });

  test("a data directory in use", async () => {
    const DATA_DIR = await dataDir();
    const first = await startApp({ DATA_DIR });
    cleanUp.push(() => first.stop());
    const { status, last } = await failure({ DATA_DIR });
    expect(status).toBe(1);
    expect(last).toContain(DATA_DIR);
  });
});

describe("stopping", () => {
  const password = "a long passphrase";
  const signIn = (url: string, email: string) =>
    fetch(`${url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: url },
      body: JSON.stringify({ email, password }),
    });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("by %s loses nothing", async (signal) => {
    const DATA_DIR = await dataDir();
    const first = await startApp({ DATA_DIR });
    const email = "ada@example.com";
    const signedUp = await fetch(`${first.url}/api/auth/sign-up/email`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: first.url },
      body: JSON.stringify({ name: "Ada", email, password }),
    });
    expect(signedUp.status).toBe(200);
    expect(await first.stop(signal)).toBe(signal === "SIGKILL" ? signal : 0);

    const second = await startApp({ DATA_DIR });
    cleanUp.push(() => second.stop());
    expect((await signIn(second.url, email)).status).toBe(200);
  });
});
