import { zodResolver } from "@hookform/resolvers/zod";
import { authClient } from "../auth-client.ts";
import { ask, refusalOf } from "./refusal.ts";
import { type SignUp, signUpSchema } from "./schemas.ts";
import type { Sending } from "./use-sent-form.ts";

export const signUp: Sending<SignUp> = {
  resolver: zodResolver(signUpSchema),
  send: async (values) => {
    const { problem } = await ask(authClient.signUp.email(values));
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
