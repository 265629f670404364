"use client";

import { useEffect, useState } from "react";
import { HYDRATED } from "./before-hydration.ts";

/** Says that the page is at work, and that what was pressed before can be done. Belongs behind all of it. */
export function HydrationEnd() {
  const [settled, setSettled] = useState(false);
  // A pass later, fields know what was typed into them before.
  useEffect(() => setSettled(true), []);
  useEffect(() => {
    if (settled) document.dispatchEvent(new Event(HYDRATED));
  }, [settled]);
  return null;
}
