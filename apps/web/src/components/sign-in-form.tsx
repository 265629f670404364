"use client";

import { lazyForm } from "../forms/lazy-form.ts";
import type { SignIn } from "../forms/schemas.ts";
import { useT } from "../strings/provider.tsx";
import { AuthForm } from "./auth-form.tsx";

const signIn = lazyForm<SignIn>(() => import("../forms/sign-in.ts").then((m) => m.signIn));

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
      keeps={["email"]}
      sending={signIn}
      next={next}
      other={{ text: t("auth.noAccount"), link: t("auth.signUp"), href: "/sign-up" }}
    />
  );
}
