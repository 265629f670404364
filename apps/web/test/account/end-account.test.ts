import { expect, test } from "vitest";
import { createAccountEnd } from "../../src/account/end-account.ts";
import type { Problem } from "../../src/forms/refusal.ts";

const lost: Problem = "unreachable";
const over: Problem = { status: 401 };
const unknown: Problem = { status: 401, code: "INVALID_EMAIL_OR_PASSWORD" };

function account(deletions: (Problem | undefined)[], signIn?: Problem) {
  let signIns = 0;
  const end = createAccountEnd({
    deleteUser: async () => ({ problem: deletions.shift() }),
    signIn: async () => {
      signIns += 1;
      return { problem: signIn };
    },
  });
  return { end, signIns: () => signIns };
}

test("an account that the first try has deleted, whose answer was lost, is said to be gone", async () => {
  const { end } = account([lost, over], unknown);
  expect(await end("secret")).toEqual({ problem: lost });
  expect(await end("secret")).toEqual({ ended: "gone" });
});

test("an account that is still there is deleted by the second try", async () => {
  const { end } = account([lost, undefined]);
  await end("secret");
  expect(await end("secret")).toEqual({ ended: "deleted" });
});

test("a session that ended meanwhile does not make an account out to be gone", async () => {
  const { end } = account([lost, over, undefined]);
  await end("secret");
  expect(await end("secret")).toEqual({ ended: "deleted" });
});

test("where nobody can say, nothing is said to be gone", async () => {
  const { end } = account([lost, over], lost);
  await end("secret");
  expect(await end("secret")).toEqual({ problem: lost });
});

test("an answer that came is what counts", async () => {
  const wrong: Problem = { status: 400, code: "INVALID_PASSWORD" };
  const { end, signIns } = account([wrong, over], unknown);
  expect(await end("not it")).toEqual({ problem: wrong });
  expect(await end("secret")).toEqual({ problem: over });
  expect(signIns()).toBe(0);
});
