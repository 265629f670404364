"use client";

import { authClient } from "../auth-client.ts";
import { AuthForm, sentenceOf } from "./auth-form.tsx";
import { TextField } from "./field.tsx";

export function SignUpForm({ next }: { next: string }) {
  async function send(form: FormData) {
    const { error } = await authClient.signUp.email({
      name: String(form.get("name")).trim(),
      email: String(form.get("email")),
      password: String(form.get("password")),
    });
    return sentenceOf(error);
  }

  return (
    <AuthForm
      title="Sign up"
      submit="Create account"
      onSend={send}
      next={next}
      other={{ text: "You have an account?", link: "Sign in", href: "/sign-in" }}
    >
      <TextField label="Name" name="name" autoComplete="name" maxLength={100} required />
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
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        hint="At least 8 characters."
        required
      />
    </AuthForm>
  );
}
