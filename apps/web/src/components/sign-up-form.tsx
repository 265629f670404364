"use client";

import { lazyForm } from "../forms/lazy-form.ts";
import type { SignUp } from "../forms/schemas.ts";
import { useT } from "../strings/provider.tsx";
import { AuthForm } from "./auth-form.tsx";

const signUp = lazyForm<SignUp>(() => import("../forms/sign-up.ts").then((m) => m.signUp));

export function SignUpForm({ next }: { next: string }) {
  const t = useT();
  return (
    <AuthForm
      title={t("auth.signUp")}
      submit={t("auth.createAccount")}
      fields={[
        { label: t("auth.name"), name: "name", autoComplete: "name" },
        { label: t("auth.email"), name: "email", type: "email", autoComplete: "username" },
        {
          label: t("auth.password"),
          name: "password",
          type: "password",
          autoComplete: "new-password",
          hint: t("auth.passwordHint"),
        },
      ]}
      keeps={["name", "email"]}
      sending={signUp}
      next={next}
      other={{ text: t("auth.haveAccount"), link: t("auth.signIn"), href: "/sign-in" }}
    />
  );
}
