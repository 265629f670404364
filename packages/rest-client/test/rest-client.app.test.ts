import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Generated, generateClient, wrongLines } from "./support/generate.ts";

declare module "vitest" {
  interface ProvidedContext {
    appUrl: string;
  }
}

const url = inject("appUrl");
let generated: Generated;

beforeAll(async () => {
  const served = await fetch(`${url}/api/openapi.json`);
  generated = await generateClient(await served.json());
});
afterAll(() => generated.remove());

let people = 0;

/** Somebody new, with the client that was made for them. */
async function signUp() {
  people += 1;
  const email = `client-${process.pid}-${people}-${Date.now()}@example.com`;
  const signedUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url },
    body: JSON.stringify({ name: "Ada", email, password: "a long passphrase" }),
  });
  const { user } = await signedUp.json();
  const cookie = signedUp.headers.getSetCookie().map((line) => line.split(";")[0]);
  const answer = await fetch(`${url}/api/auth/token`, { headers: { Cookie: cookie.join("; ") } });
  const script = await import(/* @vite-ignore */ join(generated.folder, "use.ts"));
  const client = script.connect(url, (await answer.json()).token);
  return { id: user.id as string, client, script };
}

test("a script over the types of the served document compiles", () => {
  expect(generated.typeErrors("use.ts")).toEqual([]);
});

test("one that misuses them does not, line by line", async () => {
  const lines = generated.typeErrors("misuse.ts").map(([line]) => line);
  expect([...new Set(lines)]).toEqual(await wrongLines(generated, "misuse.ts"));
});

test("the script does with the running app what its types promise, for its user alone", async () => {
  const [ada, bob] = [await signUp(), await signUp()];
  const done = await ada.script.tryOut(ada.client, ada.id);
  expect(done).toMatchObject({
    completedAt: expect.stringMatching(/Z$/),
    late: "version_mismatch",
    titles: ["Buy milk"],
    deleted: 204,
    restored: 3,
  });
  expect(await bob.script.peek(ada.client, ada.id, done.id)).toBeUndefined();
  expect(await bob.script.peek(bob.client, bob.id, done.id)).toBe("task_not_found");
  expect(await bob.script.peek(bob.client, ada.id, done.id)).toBe("forbidden");
});
