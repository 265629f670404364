"use client";

import { authClient } from "../auth-client.ts";
import { refusalOf } from "../auth-refusal.ts";
import { useT } from "../strings/provider.tsx";
import { AuthForm } from "./auth-form.tsx";

export function SignInForm({ next }: { next: string }) {
  const t = useT();
  return (
    <AuthForm
      title={t("auth.signIn")}
      submit={t("auth.signIn")}
      fields={[
        { label: t("auth.email"), name: "email", type: "email", autoComplete: "username" },
        {
          label: t("auth.password"),
          name: "password",
          type: "password",
          autoComplete: "current-password",
        },
      ]}
      onSend={async ({ email = "", password = "" }) =>
        refusalOf((await authClient.signIn.email({ email, password })).error)
      }
      next={next}
      other={{ text: t("auth.noAccount"), link: t("auth.signUp"), href: "/sign-up" }}
    />
  );
}
