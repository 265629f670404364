import type { MouseEvent } from "react";

/** With what a button was pressed. */
export type Press = "keys" | "pointer";

/** Browsers count the presses of a pointer. */
export const pressOf = ({ detail }: MouseEvent): Press => (detail === 0 ? "keys" : "pointer");
