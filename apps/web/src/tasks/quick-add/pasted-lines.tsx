import { useEffect, useId, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { useT } from "../../strings/provider.tsx";

interface PastedLinesProps {
  lines: readonly string[];
  /** Not where a reload brings them back. */
  takesFocus: boolean;
  onAdd: () => void;
  /** To leave them as the one line that they are in the input. */
  onKeep: () => void;
}

/** Offers to make a task of each line. */
export function PastedLines({ lines, takesFocus, onAdd, onKeep }: PastedLinesProps) {
  const t = useT();
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it appears.
  useEffect(() => {
    if (takesFocus) add.current?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be named by its first line alone.
    <div
      role="group"
      aria-labelledby={`${id}-count`}
      aria-describedby={`${id}-lines`}
      className="mt-2 rounded-card border border-line bg-surface p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onKeep();
      }}
    >
      <p id={`${id}-count`} className="font-medium">
        {t("quickAdd.pasted", { count: lines.length })}
      </p>
      <ol
        id={`${id}-lines`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: so that keys can scroll it.
        tabIndex={0}
        className="my-2 max-h-40 list-inside list-decimal overflow-y-auto text-sm text-muted"
      >
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they do not move.
          <li key={at} dir="auto" className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button ref={add} kind="primary" onClick={onAdd}>
          {t("quickAdd.addLines", { count: lines.length })}
        </Button>
        <Button onClick={onKeep}>{t("quickAdd.oneLine")}</Button>
      </div>
    </div>
  );
}
