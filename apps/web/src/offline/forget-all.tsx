"use client";

import { useEffect } from "react";
import { forgetKept } from "./kept-tasks.ts";

/** On pages that are sent to nobody who is signed in: then nothing of anybody is to be kept. */
export function ForgetKept() {
  useEffect(() => forgetKept(), []);
  return null;
}
