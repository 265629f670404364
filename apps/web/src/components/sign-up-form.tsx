"use client";

import { authClient } from "../auth-client.ts";
import { refusalOf } from "../auth-refusal.ts";
import { useT } from "../strings/provider.tsx";
import { AuthForm } from "./auth-form.tsx";

export function SignUpForm({ next }: { next: string }) {
  const t = useT();
  return (
    <AuthForm
      title={t("auth.signUp")}
      submit={t("auth.createAccount")}
      fields={[
        { label: t("auth.name"), name: "name", autoComplete: "name", maxLength: 100 },
        { label: t("auth.email"), name: "email", type: "email", autoComplete: "username" },
        {
          label: t("auth.password"),
          name: "password",
          type: "password",
          autoComplete: "new-password",
          minLength: 8,
          maxLength: 128,
          hint: t("auth.passwordHint"),
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
      other={{ text: t("auth.haveAccount"), link: t("auth.signIn"), href: "/sign-in" }}
    />
  );
}
