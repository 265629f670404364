"use client";

import { useId, useState } from "react";
import { Checkbox } from "../components/checkbox.tsx";
import { useT } from "../strings/provider.tsx";
import { rememberCharacterKeys } from "./remember.ts";

interface CharacterKeysFieldProps {
  initial: boolean;
  onChanged?: (on: boolean) => void;
}

/** The switch of WCAG 2.1.4: whether keys that type something are shortcuts. */
export function CharacterKeysField({ initial, onChanged }: CharacterKeysFieldProps) {
  const t = useT();
  const id = useId();
  const [on, setOn] = useState(initial);
  const change = (wanted: boolean) => {
    rememberCharacterKeys(wanted);
    setOn(wanted);
    onChanged?.(wanted);
  };
  return (
    <div className="flex items-start">
      <Checkbox
        id={id}
        shape="square"
        label={t("keys.characters")}
        aria-describedby={`${id}-hint`}
        checked={on}
        onChange={(event) => change(event.target.checked)}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block py-2.5">
          {t("keys.characters")}
        </label>
        <p id={`${id}-hint`} className="text-sm text-muted">
          {t("keys.charactersHint")}
        </p>
      </div>
    </div>
  );
}
