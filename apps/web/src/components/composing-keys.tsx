"use client";

import { useEffect } from "react";

/**
 * While an input method composes, a key is its own: Escape and Enter choose among its words, and nothing on
 * the page hears them.
 */
export function ComposingKeys() {
  useEffect(() => {
    window.addEventListener("keydown", keepComposing, true);
    return () => window.removeEventListener("keydown", keepComposing, true);
  }, []);
  return null;
}

function keepComposing(event: KeyboardEvent): void {
  // Safari ends the composition before the key that ended it, which still has the code of one.
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}
