import { type ComponentProps, useEffect, useRef } from "react";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  /** What it is for; read, not shown. */
  label: string;
  /** A tick for what is done is round, one for what is chosen is square. */
  shape?: "round" | "square";
}

/** The browser's own checkbox, drawn anew, in the middle of 44 by 44 px that can all be pressed. */
export function Checkbox({ label, shape = "round", ...input }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  const { checked } = input;
  // biome-ignore lint/correctness/useExhaustiveDependencies: later, the script hears of each press.
  useEffect(() => {
    // The browser has filled it in, as it was on a page before, or a press that is still to be done.
    if (box.current && checked !== undefined) box.current.checked = checked;
  }, []);
  return (
    <span className="relative grid size-11 shrink-0 place-items-center">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        className={`tick ${shape === "round" ? "rounded-full" : "rounded"} before:absolute before:inset-0`}
        {...input}
      />
    </span>
  );
}
