"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { authClient } from "../auth-client.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { useToasts } from "../components/toast.tsx";
import { holdPage } from "../forms/hold-page.ts";
import { ask, refusalOf } from "../forms/refusal.ts";
import { passwordChangeSchema } from "../forms/schemas.ts";
import { useSentForm } from "../forms/use-sent-form.ts";
import { useT } from "../strings/provider.tsx";
import { useSessionControl, useUserId } from "../trpc/provider.tsx";
import { askAs, unlessOver } from "./attempt.ts";
import { createPasswordChange } from "./change-password.ts";
import { notePasswordUnanswered } from "./password-unanswered.ts";
import { sessionsKey } from "./use-sessions.ts";
import { UsernameHint } from "./username-hint.tsx";

const resolver = zodResolver(passwordChangeSchema);
const empty = { current: "", next: "" };

/** What was typed, for as long as the page is loaded: passwords are in no storage. */
let typed = empty;
function keepTyped(values: typeof empty) {
  typed = values;
  // A password manager may have filled in the other one.
  holdPage("password", values.next !== "");
}

export function PasswordForm({ email }: { email: string }) {
  const t = useT();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const { renew } = useSessionControl();
  const userId = useUserId();
  const [changePassword] = useState(() =>
    createPasswordChange({
      change: (currentPassword, newPassword) =>
        askAs(userId, () => authClient.changePassword({ currentPassword, newPassword })),
      signIn: (password) => ask(authClient.signIn.email({ email, password })),
      onUnanswered: notePasswordUnanswered,
    }),
  );

  const { form, field, failure, busy, reset } = useSentForm({
    resolver,
    defaultValues: typed,
    onTyped: keepTyped,
    send: async ({ current, next }) => {
      const { problem } = await unlessOver(await changePassword(current, next));
      if (problem) {
        return refusalOf(problem, {
          INVALID_PASSWORD: "current",
          PASSWORD_TOO_SHORT: "next",
          PASSWORD_TOO_LONG: "next",
          PASSWORD_TOO_COMMON: "next",
          PASSWORD_TOO_PERSONAL: "next",
        });
      }
      // All sessions have ended, and this browser has been given one of its own, anew.
      renew();
      reset(empty);
      keepTyped(empty);
      toasts.show({ text: t("account.password.changedEverywhere") });
      await queryClient.invalidateQueries({ queryKey: sessionsKey });
    },
  });

  return (
    <form {...form}>
      <UsernameHint email={email} />
      <TextField
        label={t("account.password.current")}
        type="password"
        autoComplete="current-password"
        required
        {...field("current")}
      />
      <TextField
        label={t("account.password.next")}
        type="password"
        autoComplete="new-password"
        required
        hint={t("auth.passwordHint")}
        {...field("next")}
      />
      <p className="text-muted">{t("account.password.signOutOthers")}</p>
      {failure && <Notice>{failure}</Notice>}
      <Button type="submit" kind="primary" busy={busy}>
        {busy ? t("auth.busy") : t("account.password.change")}
      </Button>
    </form>
  );
}
