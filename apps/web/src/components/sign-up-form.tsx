"use client";

import { authClient } from "../auth-client.ts";
import { refusalOf } from "../auth-refusal.ts";
import { AuthForm } from "./auth-form.tsx";

export function SignUpForm({ next }: { next: string }) {
  return (
    <AuthForm
      title="Sign up"
      submit="Create account"
      fields={[
        { label: "Name", name: "name", autoComplete: "name", maxLength: 100 },
        { label: "E-mail address", name: "email", type: "email", autoComplete: "username" },
        {
          label: "Password",
          name: "password",
          type: "password",
          autoComplete: "new-password",
          minLength: 8,
          maxLength: 128,
          hint: "At least 8 characters.",
        },
      ]}
      onSend={async ({ name = "", email = "", password = "" }) => {
        // A name of blanks is none: the address stands in for it.
        const { error } = await authClient.signUp.email({
          name: name.trim() || email,
          email,
          password,
        });
        return refusalOf(error);
      }}
      next={next}
      other={{ text: "You have an account?", link: "Sign in", href: "/sign-in" }}
    />
  );
}
