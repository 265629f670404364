"use client";

import { authClient } from "../auth-client.ts";
import { AuthForm, sentenceOf } from "./auth-form.tsx";
import { TextField } from "./field.tsx";

export function SignInForm({ next }: { next: string }) {
  async function send(form: FormData) {
    const { error } = await authClient.signIn.email({
      email: String(form.get("email")),
      password: String(form.get("password")),
    });
    return sentenceOf(error);
  }

  return (
    <AuthForm
      title="Sign in"
      submit="Sign in"
      onSend={send}
      next={next}
      other={{ text: "No account yet?", link: "Sign up", href: "/sign-up" }}
    >
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </AuthForm>
  );
}
