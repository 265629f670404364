import { expect, test } from "vitest";
import { bothDoors, revoked, signInAgain, untilAnswered } from "./support/doors.ts";
import { appUrl, fetchToken, type Person, password, post, signUp } from "./support/http.ts";

const deleteUser = ({ cookie }: Person) =>
  post("/api/auth/delete-user", { password }, { Cookie: cookie });

/** Every way to write, at both doors. */
function writes({ id, token, tasks }: Person, turn: number): Promise<Response>[] {
  const json = { "Content-Type": "application/json" };
  const task = JSON.stringify({ title: `Written in a race ${turn}` });
  return [
    tasks("", { method: "POST", body: task }),
    tasks("", { method: "POST", body: task, headers: { "Idempotency-Key": `"${id}-${turn}"` } }),
    tasks("/import", { method: "POST", body: `[${task}]` }),
    fetch(`${appUrl()}/api/trpc/task.create`, {
      method: "POST",
      headers: { ...json, Authorization: `Bearer ${token}` },
      body: task,
    }),
  ];
}

test("whoever writes while the account is deleted is answered before it or is 401 after", async () => {
  const bob = await signUp("Bob");
  for (let trial = 0; trial < 5; trial += 1) {
    const ada = await signUp("Ada");
    const deleted = deleteUser(ada);
    let refused = false;
    // One round after another, until one is wholly refused.
    for (let turn = 0; !refused; turn += 1) {
      const answers = await Promise.all(writes(ada, turn));
      for (const { status } of answers) expect([200, 201, 401]).toContain(status);
      refused = answers.every(({ status }) => status === 401);
    }
    expect((await deleted).status).toBe(200);
    // The revocation may not be known yet: then it is the row that has no owner.
    for (const response of await Promise.all(writes(ada, -1))) {
      expect(response.status).toBe(401);
      const { code, error } = await response.json();
      expect(code ?? error.data.code).toBe("token_revoked");
    }
    await untilAnswered(() => bothDoors(ada.id, ada.token), revoked);
  }
  expect((await bob.tasks()).status).toBe(200);
});

test("every session of a deleted user is over, and no other", async () => {
  const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
  const second = await signInAgain(ada);
  expect((await deleteUser(ada)).status).toBe(200);
  for (const { token, cookie } of [ada, second]) {
    await untilAnswered(() => bothDoors(ada.id, token), revoked);
    const answer = await fetch(`${appUrl()}/api/auth/token`, { headers: { Cookie: cookie } });
    expect(answer.status).toBe(401);
  }
  expect(await fetchToken(bob.cookie)).toBeTruthy();
  // The address is free again, and whoever takes it finds nothing.
  const body = { name: "Ada", email: ada.email, password };
  const again = await post("/api/auth/sign-up/email", body);
  expect(again.status).toBe(200);
  expect((await again.json()).user.id).not.toBe(ada.id);
});
