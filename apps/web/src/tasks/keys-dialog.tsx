"use client";

import { Dialog, DialogBody } from "../components/dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { Key } from "./palette.tsx";
import { writeKey } from "./use-commands.tsx";
import { type Shortcut, shortcutKeys } from "./use-shortcuts.ts";

/** What the keys do. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <DialogBody>
        <dl>
          {(Object.keys(shortcutKeys) as Shortcut[]).map((shortcut) => (
            <div
              key={shortcut}
              className="flex items-center justify-between gap-4 border-b border-line py-2 last:border-none"
            >
              <dt>{t(`keys.${shortcut}`)}</dt>
              <dd>
                <Key>{writeKey(shortcut, t)}</Key>
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
