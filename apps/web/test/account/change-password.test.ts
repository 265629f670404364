import { expect, test, vi } from "vitest";
import { createPasswordChange } from "../../src/account/change-password.ts";
import type { Problem } from "../../src/forms/refusal.ts";

const signedOut: Problem = { status: 401 };
const wrong: Problem = { status: 400, code: "INVALID_PASSWORD" };
const wrongSignIn: Problem = { status: 401, code: "INVALID_EMAIL_OR_PASSWORD" };

/** A server with one password and one session, which loses the answers it is told to lose. */
function server(password: string) {
  const state = {
    password,
    signedIn: true,
    loses: "nothing" as "nothing" | "answers" | "requests",
  };
  const answering = async (work: () => Problem | undefined) => {
    if (state.loses === "requests") return { problem: "unreachable" as const };
    const problem = work();
    if (state.loses === "answers") return { problem: { status: 504 } };
    return problem ? { problem } : {};
  };
  const onUnanswered = vi.fn();
  const change = createPasswordChange({
    onUnanswered,
    change: (current, next) =>
      answering(() => {
        if (!state.signedIn) return signedOut;
        if (current !== state.password) return wrong;
        state.password = next;
        // The session that takes its place is in the answer.
        state.signedIn = state.loses === "nothing";
      }),
    signIn: (secret) =>
      answering(() => {
        if (secret !== state.password) return wrongSignIn;
        state.signedIn = true;
      }),
  });
  return { state, change, onUnanswered };
}

test("an answer that comes is what counts", async () => {
  const { state, change } = server("old");
  expect(await change("not it", "new")).toEqual({ problem: wrong });
  expect(await change("old", "new")).toEqual({});
  expect(state.password).toBe("new");
});

test("a try whose answer was lost is found to have changed the password", async () => {
  const { state, change, onUnanswered } = server("old");
  state.loses = "answers";
  expect((await change("old", "new")).problem).toEqual({ status: 504 });
  expect(onUnanswered).toHaveBeenLastCalledWith(true);
  state.loses = "nothing";
  expect(await change("old", "new")).toEqual({});
  expect(state).toMatchObject({ password: "new", signedIn: true });
  expect(onUnanswered).toHaveBeenLastCalledWith(false);
});

test("another new password is taken after such a try, too", async () => {
  const { state, change } = server("old");
  state.loses = "answers";
  await change("old", "first");
  state.loses = "nothing";
  expect(await change("old", "second")).toEqual({});
  expect(state.password).toBe("second");
});

test("whichever of several tries has arrived is found", async () => {
  for (const [first, second] of [
    ["answers", "requests"],
    ["requests", "answers"],
  ] as const) {
    const { state, change } = server("old");
    state.loses = first;
    await change("old", "one");
    state.loses = second;
    await change("old", "two");
    state.loses = "nothing";
    expect(await change("old", "three")).toEqual({});
    expect(state.password).toBe("three");
  }
});

test("a try that never arrived is made again", async () => {
  const { state, change } = server("old");
  state.loses = "requests";
  expect((await change("old", "new")).problem).toBe("unreachable");
  state.loses = "nothing";
  expect(await change("old", "new")).toEqual({});
  expect(state.password).toBe("new");
});

test("a session that ended for another reason is said to be over", async () => {
  const { state, change } = server("old");
  state.loses = "requests";
  await change("old", "new");
  Object.assign(state, { loses: "nothing", signedIn: false });
  expect(await change("old", "new")).toEqual({ problem: signedOut });
  expect(state.password).toBe("old");
});

test("nobody is signed in anew where every answer came", async () => {
  const { state, change } = server("old");
  state.signedIn = false;
  expect(await change("old", "old")).toEqual({ problem: signedOut });
  expect(state.signedIn).toBe(false);
});
