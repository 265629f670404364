"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { authClient } from "../auth-client.ts";
import { Button } from "../components/button.tsx";
import { Checkbox } from "../components/checkbox.tsx";
import { TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { useToasts } from "../components/toast.tsx";
import { useT } from "../strings/provider.tsx";
import type { PlainKey } from "../strings/translate.ts";
import { useSessionControl } from "../trpc/provider.tsx";
import { attempt } from "./attempt.ts";
import { passwordChangeSchema } from "./forms.ts";
import { passwordRefusal } from "./refusals.ts";
import { sessionsKey } from "./use-sessions.ts";
import { UsernameHint } from "./username-hint.tsx";

const empty = { current: "", next: "", signOutOthers: true };

export function PasswordForm({ email }: { email: string }) {
  const t = useT();
  const ticked = useId();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const { renew } = useSessionControl();
  const [failure, setFailure] = useState<PlainKey>();
  const { register, handleSubmit, formState, setError, reset } = useForm({
    resolver: zodResolver(passwordChangeSchema),
    defaultValues: empty,
  });
  const { errors, isSubmitting } = formState;
  const said = (field: "current" | "next") => {
    const reason = errors[field]?.message as PlainKey | undefined;
    return reason && t(reason);
  };

  const send = handleSubmit(async ({ current, next, signOutOthers }) => {
    setFailure(undefined);
    const { problem } = await attempt(
      authClient.changePassword({
        currentPassword: current,
        newPassword: next,
        revokeOtherSessions: signOutOthers,
      }),
    );
    if (problem) {
      const { field, reason } = passwordRefusal(problem);
      if (!field) return setFailure(reason);
      return setError(field, { message: reason }, { shouldFocus: true });
    }
    // Better Auth then gives this browser a session of its own, anew.
    if (signOutOthers) renew();
    reset(empty);
    toasts.show({
      text: t(signOutOthers ? "account.password.changedEverywhere" : "account.password.changed"),
    });
    await queryClient.invalidateQueries({ queryKey: sessionsKey });
  });

  return (
    <form
      onSubmit={(event) => (isSubmitting ? event.preventDefault() : send(event))}
      method="post"
      noValidate
      className="space-y-4"
    >
      <UsernameHint email={email} />
      <TextField
        label={t("account.password.current")}
        type="password"
        autoComplete="current-password"
        required
        {...register("current")}
        error={said("current")}
      />
      <TextField
        label={t("account.password.next")}
        type="password"
        autoComplete="new-password"
        required
        hint={t("auth.passwordHint")}
        {...register("next")}
        error={said("next")}
      />
      <div className="-ms-2.5 flex items-center">
        <Checkbox
          id={ticked}
          shape="square"
          label={t("account.password.signOutOthers")}
          {...register("signOutOthers")}
        />
        <label htmlFor={ticked} className="py-2">
          {t("account.password.signOutOthers")}
        </label>
      </div>
      {failure && <Notice>{t(failure)}</Notice>}
      <Button type="submit" kind="primary" busy={isSubmitting}>
        {isSubmitting ? t("auth.busy") : t("account.password.change")}
      </Button>
    </form>
  );
}
