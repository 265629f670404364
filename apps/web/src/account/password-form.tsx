"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { authClient } from "../auth-client.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { useToasts } from "../components/toast.tsx";
import { refusalOf } from "../forms/refusal.ts";
import { passwordChangeSchema } from "../forms/schemas.ts";
import { useSentForm } from "../forms/use-sent-form.ts";
import { useT } from "../strings/provider.tsx";
import { useSessionControl } from "../trpc/provider.tsx";
import { attempt } from "./attempt.ts";
import { sessionsKey } from "./use-sessions.ts";
import { UsernameHint } from "./username-hint.tsx";

const resolver = zodResolver(passwordChangeSchema);
const empty = { current: "", next: "" };

export function PasswordForm({ email }: { email: string }) {
  const t = useT();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const { renew } = useSessionControl();

  const { form, field, failure, busy, reset } = useSentForm({
    resolver,
    send: async ({ current, next }) => {
      const { problem } = await attempt(
        authClient.changePassword({ currentPassword: current, newPassword: next }),
      );
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
