"use client";

import { useState } from "react";
import { Button } from "../components/button.tsx";
import { lazyPart, usePreloaded } from "../components/lazy-part.tsx";
import { DialogFallback } from "../loading/part-dialog.tsx";
import { useT } from "../strings/provider.tsx";

const DeleteAccountDialog = lazyPart(
  () => import("./delete-account-dialog.tsx").then((m) => m.DeleteAccountDialog),
  DialogFallback,
);

export function DeleteAccount({ email }: { email: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  usePreloaded(DeleteAccountDialog);
  return (
    <>
      <Button kind="danger" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("account.delete.open")}
      </Button>
      {open && <DeleteAccountDialog email={email} onClose={() => setOpen(false)} />}
    </>
  );
}
