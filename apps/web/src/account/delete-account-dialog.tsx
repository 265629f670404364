"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { authClient } from "../auth-client.ts";
import { Button } from "../components/button.tsx";
import { Dialog, DialogBody } from "../components/dialog.tsx";
import { TextField } from "../components/field.tsx";
import { Notice } from "../components/notice.tsx";
import { useLeave } from "../shell/use-sign-out.ts";
import { useT } from "../strings/provider.tsx";
import type { PlainKey } from "../strings/translate.ts";
import { attempt } from "./attempt.ts";
import { deletionSchema } from "./forms.ts";
import { isWrongPassword, reasonOf } from "./refusals.ts";

interface DeleteAccountDialogProps {
  email: string;
  onClose: () => void;
}

export function DeleteAccountDialog({ email, onClose }: DeleteAccountDialogProps) {
  const t = useT();
  const leave = useLeave();
  const [failure, setFailure] = useState<PlainKey>();
  const { register, handleSubmit, formState, setError } = useForm({
    resolver: zodResolver(deletionSchema(email)),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = formState;

  const send = handleSubmit(async ({ password }) => {
    setFailure(undefined);
    const { problem } = await attempt(authClient.deleteUser({ password }));
    if (!problem) return leave("/sign-up?account=deleted");
    if (!isWrongPassword(problem)) return setFailure(reasonOf(problem));
    setError("password", { message: "account.password.wrong" }, { shouldFocus: true });
  });

  return (
    <Dialog
      title={t("account.delete.title")}
      description={t("account.delete.text")}
      // What has been sent is done, whether or not the dialog is there.
      onClose={isSubmitting ? () => {} : onClose}
    >
      <DialogBody>
        <form
          onSubmit={(event) => (isSubmitting ? event.preventDefault() : send(event))}
          method="post"
          noValidate
          className="space-y-4"
        >
          <TextField
            label={t("account.delete.email")}
            hint={email}
            autoComplete="off"
            autoCapitalize="none"
            inputMode="email"
            required
            {...register("email")}
            error={errors.email && t("account.delete.mismatch")}
          />
          <TextField
            label={t("auth.password")}
            type="password"
            autoComplete="current-password"
            required
            {...register("password")}
            error={errors.password && t(errors.password.message as PlainKey)}
          />
          {failure && <Notice>{t(failure)}</Notice>}
          <div className="flex flex-wrap justify-end gap-3 max-sm:*:flex-auto">
            <Button busy={isSubmitting} onClick={onClose}>
              {t("dialog.cancel")}
            </Button>
            <Button type="submit" kind="danger" busy={isSubmitting}>
              {isSubmitting ? t("auth.busy") : t("account.delete.confirm")}
            </Button>
          </div>
        </form>
      </DialogBody>
    </Dialog>
  );
}
