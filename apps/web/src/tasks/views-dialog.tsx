"use client";

import { Dialog, DialogBody } from "../components/dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { ViewNav } from "./view-nav.tsx";

/** The lists, where there is no room for them beside the tasks. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t("nav.views")} placement="side" onClose={onClose}>
      <DialogBody>
        <ViewNav onChosen={onClose} />
      </DialogBody>
    </Dialog>
  );
}
