"use client";

import { useRef } from "react";
import { useT } from "../strings/provider.tsx";
import { Button } from "./button.tsx";
import { Dialog, DialogActions, DialogBody } from "./dialog.tsx";

interface ConfirmDialogProps {
  title: string;
  text: string;
  /** What the button that does it says. */
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone. The harmless button has the focus. */
export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useT();
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog title={title} description={text} onClose={onClose} initialFocus={cancel}>
      <DialogBody>
        <DialogActions>
          <Button ref={cancel} onClick={onClose}>
            {t("dialog.cancel")}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
