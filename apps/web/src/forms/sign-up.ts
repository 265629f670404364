import { zodResolver } from "@hookform/resolvers/zod";
import { authClient } from "../auth-client.ts";
import { mayBeDone, type Problem, refusalOf } from "./refusal.ts";
import { type SignUp, signUpSchema } from "./schemas.ts";
import { askToEnter } from "./sign-in.ts";
import type { Sending } from "./use-sent-form.ts";

/** The address of a try whose answer was lost: perhaps there is an account with it since. */
let unanswered: string | undefined;

const isTaken = (problem: Problem) =>
  problem !== "unreachable" && problem.code?.startsWith("USER_ALREADY_EXISTS");

/** Trying again makes no second account: it signs in to the first. */
async function signUpOrIn(values: SignUp): Promise<Problem | undefined> {
  const { problem } = await askToEnter(authClient.signUp.email(values));
  if (!problem) return undefined;
  if (mayBeDone(problem)) unanswered = values.email;
  if (!isTaken(problem) || unanswered !== values.email) return problem;
  const { email, password } = values;
  const signedIn = await askToEnter(authClient.signIn.email({ email, password }));
  return signedIn.problem && mayBeDone(signedIn.problem)
    ? signedIn.problem
    : signedIn.problem && problem;
}

export const signUp: Sending<SignUp> = {
  resolver: zodResolver(signUpSchema),
  send: async (values) => {
    const problem = await signUpOrIn(values);
    if (!problem) return;
    return refusalOf(problem, {
      INVALID_EMAIL: "email",
      USER_ALREADY_EXISTS: "email",
      USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "email",
      PASSWORD_TOO_SHORT: "password",
      PASSWORD_TOO_LONG: "password",
      PASSWORD_TOO_COMMON: "password",
      PASSWORD_TOO_PERSONAL: "password",
    });
  },
};
