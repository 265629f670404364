"use client";

import { cloneElement, type ReactElement, useLayoutEffect, useRef, useState } from "react";
import type { ButtonProps } from "../components/button.tsx";
import { LoadingNote, TroubleDialog } from "./part-dialog.tsx";
import type { PartState } from "./use-part.ts";

interface MenuFallbackProps extends PartState {
  /** The button that opens the menu. */
  trigger: ReactElement<ButtonProps>;
}

/** In the place of a menu: its button, which has been pressed. */
export function MenuFallback({ trigger, failure, retry }: MenuFallbackProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [dismissed, setDismissed] = useState(false);
  // The button that was pressed is gone from the page, and took the focus along.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        busy: !failure,
        "aria-haspopup": "menu",
        "aria-expanded": false,
        onClick: () => {
          setDismissed(false);
          retry();
        },
      })}
      {!failure && <LoadingNote />}
      {failure && !dismissed && (
        <TroubleDialog {...{ failure, retry }} onClose={() => setDismissed(true)} />
      )}
    </>
  );
}
