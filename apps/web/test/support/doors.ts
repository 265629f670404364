import { appUrl, cookiesOf, fetchToken, type Person, password, post } from "./http.ts";

/** What a door answers: the status, and the code of a refusal. */
export interface Answer {
  status: number;
  code: string | undefined;
}

/** Shows a token of this user at both doors of an app. */
export async function bothDoors(userId: string, token: string, at = appUrl()): Promise<Answer[]> {
  const headers = { Authorization: `Bearer ${token}` };
  const [rest, trpc] = await Promise.all([
    fetch(`${at}/api/${userId}/tasks`, { headers }),
    fetch(`${at}/api/trpc/session.whoami`, { headers }),
  ]);
  const [problem, result] = await Promise.all([rest.json(), trpc.json()]);
  return [
    { status: rest.status, code: problem.code },
    { status: trpc.status, code: result.error?.data.code },
  ];
}

const both = (answer: Answer) => [answer, answer];
export const accepted = both({ status: 200, code: undefined });
export const revoked = both({ status: 401, code: "token_revoked" });
export const unknown = both({ status: 503, code: "revocation_unknown" });

/**
 * Asks every 20 ms until both doors give this answer, and says how many milliseconds that took.
 * Rejects with what they said last if it takes longer than `withinMs`.
 */
export async function untilAnswered(
  ask: () => Promise<Answer[]>,
  answers: Answer[],
  withinMs = 1_000,
): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const said = JSON.stringify(await ask());
    const tookMs = performance.now() - startedAt;
    if (tookMs > withinMs) throw new Error(`After ${Math.round(tookMs)} ms still ${said}.`);
    if (said === JSON.stringify(answers)) return tookMs;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Another session of somebody's, with its cookie and a token. */
export async function signInAgain({ email }: Pick<Person, "email">, at = appUrl()) {
  const response = await post("/api/auth/sign-in/email", { email, password }, {}, at);
  if (!response.ok) throw new Error(`Sign-in answered ${response.status}.`);
  const cookie = cookiesOf(response);
  return { cookie, token: await fetchToken(cookie, at) };
}
