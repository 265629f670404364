"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { hasWords } from "@taskbridge/contract/rules";
import { useRef } from "react";
import { Dialog } from "../components/dialog.tsx";
import { useT } from "../strings/provider.tsx";
import { type Command, writeKey } from "./use-commands.tsx";

interface PaletteProps {
  commands: readonly Command[];
  onClose: () => void;
}

/** Every action, found by typing some of its name. */
export function Palette({ commands, onClose }: PaletteProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const run = (command: Command) => {
    onClose();
    // Once the dialog has given the focus back: the action may want it elsewhere.
    requestAnimationFrame(() => requestAnimationFrame(command.run));
  };
  return (
    <Dialog
      title={t("palette.title")}
      titleHidden
      placement="top"
      onClose={onClose}
      initialFocus={input}
    >
      <Autocomplete.Root
        open
        inline
        items={commands}
        autoHighlight="always"
        keepHighlight
        itemToStringValue={labelOf}
        filter={isFound}
      >
        <Autocomplete.Input
          ref={input}
          aria-label={t("palette.placeholder")}
          placeholder={t("palette.placeholder")}
          className="min-h-14 w-full shrink-0 border-b border-line bg-surface px-5 text-base outline-none placeholder:text-muted"
        />
        <Autocomplete.Empty className="px-5 py-6 text-center text-muted empty:hidden">
          {t("palette.none")}
        </Autocomplete.Empty>
        <Autocomplete.List className="min-h-0 overflow-y-auto p-1.5 empty:hidden">
          {(command: Command) => (
            <Autocomplete.Item
              key={command.id}
              value={command}
              onClick={() => run(command)}
              className="flex min-h-11 cursor-pointer items-center justify-between gap-3 rounded-control px-3 outline-none data-highlighted:bg-chosen"
            >
              <span dir="auto" className="min-w-0 wrap-anywhere">
                {command.label}
              </span>
              <Key>{command.shortcut && writeKey(command.shortcut, t)}</Key>
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
      </Autocomplete.Root>
    </Dialog>
  );
}

const labelOf = ({ label }: Command) => label;

const isFound = ({ label }: Command, typed: string) => hasWords(label, typed);

export const Key = ({ children }: { children: string | undefined }) =>
  children && (
    <kbd className="shrink-0 rounded border border-line bg-calm px-1.5 py-0.5 font-sans text-sm text-muted">
      {children}
    </kbd>
  );
