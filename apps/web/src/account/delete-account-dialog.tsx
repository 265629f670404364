"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { authClient } from "../auth-client.ts";
import { Button } from "../components/button.tsx";
import { Dialog, DialogActions, DialogBody } from "../components/dialog.tsx";
import { TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { ask, refusalOf } from "../forms/refusal.ts";
import { deletionSchema } from "../forms/schemas.ts";
import { useSentForm } from "../forms/use-sent-form.ts";
import { useLeave } from "../shell/use-sign-out.ts";
import { useT } from "../strings/provider.tsx";
import { useUserId } from "../trpc/provider.tsx";
import { askAs, unlessOver } from "./attempt.ts";
import { createAccountEnd } from "./end-account.ts";

interface DeleteAccountDialogProps {
  email: string;
  onClose: () => void;
}

export function DeleteAccountDialog({ email, onClose }: DeleteAccountDialogProps) {
  const t = useT();
  const leave = useLeave();
  const [resolver] = useState(() => zodResolver(deletionSchema(email)));
  const userId = useUserId();
  const [endAccount] = useState(() =>
    createAccountEnd({
      deleteUser: (password) => askAs(userId, () => authClient.deleteUser({ password })),
      signIn: (password) => ask(authClient.signIn.email({ email, password })),
    }),
  );
  const { form, field, failure, busy } = useSentForm({
    resolver,
    defaultValues: { email: "", password: "" },
    keeps: { form: `delete.${userId}`, fields: ["email"] },
    send: async ({ password }) => {
      const answer = await endAccount(password);
      if (answer.ended) {
        leave(`/sign-up?account=${answer.ended}`);
        return undefined;
      }
      const { problem } = await unlessOver(answer);
      return refusalOf(problem, { INVALID_PASSWORD: "password" });
    },
  });

  return (
    <Dialog
      title={t("account.delete.title")}
      description={t("account.delete.text")}
      // What has been sent is done, whether or not the dialog is there.
      onClose={busy ? () => {} : onClose}
    >
      <DialogBody>
        <form {...form}>
          <TextField
            label={t("account.delete.email")}
            hint={email}
            autoComplete="off"
            autoCapitalize="none"
            inputMode="email"
            required
            {...field("email")}
          />
          <TextField
            label={t("auth.password")}
            type="password"
            autoComplete="current-password"
            required
            {...field("password")}
          />
          {failure && <Notice>{failure}</Notice>}
          <DialogActions>
            <Button busy={busy} onClick={onClose}>
              {t("dialog.cancel")}
            </Button>
            <Button type="submit" kind="danger" busy={busy}>
              {busy ? t("auth.busy") : t("account.delete.confirm")}
            </Button>
          </DialogActions>
        </form>
      </DialogBody>
    </Dialog>
  );
}
