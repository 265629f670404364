import type { ComponentProps } from "react";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  /** What it is for; read, not shown. */
  label: string;
  /** A tick for what is done is round, one for what is chosen is square. */
  shape?: "round" | "square";
}

/** The browser's own checkbox, drawn anew, in the middle of 44 by 44 px that can all be pressed. */
export function Checkbox({ label, shape = "round", ...input }: CheckboxProps) {
  return (
    <span className="relative grid size-11 shrink-0 place-items-center">
      <input
        type="checkbox"
        aria-label={label}
        className={`tick ${shape === "round" ? "rounded-full" : "rounded"} before:absolute before:inset-0`}
        {...input}
      />
    </span>
  );
}
