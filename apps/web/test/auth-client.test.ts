import { expect, test, vi } from "vitest";
import { authClient, withDeadline } from "../src/auth-client.ts";
import { ask, isOver, type Problem, refusalOf } from "../src/forms/refusal.ts";

const html = { "content-type": "text/html" };
const page = (status: number) => new Response("<h1>A proxy's page</h1>", { status, headers: html });

async function problemOf(answer: Response): Promise<Problem | undefined> {
  vi.stubGlobal("fetch", () => Promise.resolve(answer));
  const { problem } = await ask(authClient.signOut());
  return problem;
}

test.each<[number, string]>([
  [200, "problem.between"],
  [401, "problem.between"],
  [404, "problem.between"],
  [429, "auth.tooManyTries"],
  [500, "auth.failed"],
  [502, "auth.unreachable"],
])("a page with status %i is no answer of the server's", async (status, reason) => {
  const problem = await problemOf(page(status));
  expect(problem && refusalOf(problem).reason).toBe(reason);
  expect(isOver(problem)).toBe(false);
});

test("what the server answers is taken", async () => {
  expect(await problemOf(Response.json({ success: true }))).toBeUndefined();
  expect(isOver(await problemOf(Response.json({}, { status: 401 })))).toBe(true);
});

test("a call with a deadline does not wait for ever", async () => {
  vi.useFakeTimers();
  const untilAborted = (_: URL, { signal }: { signal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  vi.stubGlobal("fetch", untilAborted);
  const settled = vi.fn();
  const answer = ask(authClient.signOut(withDeadline)).finally(settled);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await answer).toEqual({ problem: "unreachable" });
  vi.useRealTimers();
});
