import { zodResolver } from "@hookform/resolvers/zod";
import { authClient } from "../auth-client.ts";
import { takeTab } from "../shell/tab-user.ts";
import { ask, refusalOf } from "./refusal.ts";
import { type SignIn, signInSchema } from "./schemas.ts";
import type { Sending } from "./use-sent-form.ts";

/** Asks Better Auth for a session: from then on the tab is its user's. */
export async function askToEnter<Data extends { user: { id: string } } | null>(
  call: Parameters<typeof ask<Data>>[0],
): ReturnType<typeof ask<Data>> {
  const answer = await ask(call);
  if (answer.data) takeTab(answer.data.user.id);
  return answer;
}

export const signIn: Sending<SignIn> = {
  resolver: zodResolver(signInSchema),
  send: async (values) => {
    const { problem } = await askToEnter(authClient.signIn.email(values));
    return problem && refusalOf(problem, { INVALID_EMAIL_OR_PASSWORD: "password" });
  },
};
