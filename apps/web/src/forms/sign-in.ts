import { zodResolver } from "@hookform/resolvers/zod";
import { authClient } from "../auth-client.ts";
import { takeTab } from "../shell/tab-user.ts";
import { ask, refusalOf } from "./refusal.ts";
import { type SignIn, signInSchema } from "./schemas.ts";
import type { Sending } from "./use-sent-form.ts";

export const signIn: Sending<SignIn> = {
  resolver: zodResolver(signInSchema),
  send: async (values) => {
    const { data, problem } = await ask(authClient.signIn.email(values));
    if (data) takeTab(data.user.id);
    return problem && refusalOf(problem, { INVALID_EMAIL_OR_PASSWORD: "password" });
  },
};
