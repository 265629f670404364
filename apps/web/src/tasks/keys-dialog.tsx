"use client";

import { useState } from "react";
import { Dialog, DialogBody } from "../components/dialog.tsx";
import { CharacterKeysField } from "../preferences/character-keys-field.tsx";
import { hasCharacterKeys } from "../preferences/remember.ts";
import { useT } from "../strings/provider.tsx";
import { shortcuts } from "./model/shortcuts.ts";
import { Key } from "./palette.tsx";
import { writeKey } from "./use-commands.tsx";

/** What the keys do, and whether all of them do it. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [withCharacters, setWithCharacters] = useState(hasCharacterKeys);
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <DialogBody>
        <dl>
          {shortcuts
            .map((shortcut) => ({ shortcut, key: writeKey(shortcut, t) }))
            .filter(({ key }) => key)
            .map(({ shortcut, key }) => (
              <div
                key={shortcut}
                className="flex items-center justify-between gap-4 border-b border-line py-2"
              >
                <dt>{t(`keys.${shortcut}`)}</dt>
                <dd>
                  <Key>{key}</Key>
                </dd>
              </div>
            ))}
        </dl>
        <div className="-ms-3 pt-2">
          <CharacterKeysField initial={withCharacters} onChanged={setWithCharacters} />
        </div>
      </DialogBody>
    </Dialog>
  );
}
