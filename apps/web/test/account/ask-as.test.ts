import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askAs } from "../../src/account/attempt.ts";
import { authClient } from "../../src/auth-client.ts";

const replace = vi.fn();
const asked: string[] = [];

/** A server at which this user is signed in, by the cookie. */
function serve(userId: string | null) {
  const session = userId && { user: { id: userId }, session: { id: "1" } };
  vi.stubGlobal("fetch", async (url: URL) => {
    const path = `${url}`.replace(/.*\/api\/auth/, "");
    asked.push(path);
    return Response.json(path === "/get-session" ? session : { success: true });
  });
}

beforeEach(() => vi.stubGlobal("window", { location: { pathname: "/account", replace } }));
afterEach(() => {
  asked.length = 0;
  replace.mockClear();
});

const endAllOfAda = () => askAs("ada", () => authClient.revokeSessions());

test("a page asks for its own user", async () => {
  serve("ada");
  expect((await endAllOfAda()).problem).toBeUndefined();
  expect(asked).toEqual(["/get-session", "/revoke-sessions"]);
});

test("a page whose cookie is another user's by now does nothing to them, and is loaded anew", async () => {
  serve("bob");
  expect((await endAllOfAda()).problem).toBeDefined();
  expect(asked).toEqual(["/get-session"]);
  expect(replace).toHaveBeenCalledExactlyOnceWith("/account");
});

test("where nobody is signed in it is for the server to say so", async () => {
  serve(null);
  await endAllOfAda();
  expect(asked).toEqual(["/get-session", "/revoke-sessions"]);
  expect(replace).not.toHaveBeenCalled();
});
