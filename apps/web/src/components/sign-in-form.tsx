"use client";

import { authClient } from "../auth-client.ts";
import { refusalOf } from "../auth-refusal.ts";
import { AuthForm } from "./auth-form.tsx";

export function SignInForm({ next }: { next: string }) {
  return (
    <AuthForm
      title="Sign in"
      submit="Sign in"
      fields={[
        { label: "E-mail address", name: "email", type: "email", autoComplete: "username" },
        {
          label: "Password",
          name: "password",
          type: "password",
          autoComplete: "current-password",
        },
      ]}
      onSend={async ({ email = "", password = "" }) =>
        refusalOf((await authClient.signIn.email({ email, password })).error)
      }
      next={next}
      other={{ text: "No account yet?", link: "Sign up", href: "/sign-up" }}
    />
  );
}
