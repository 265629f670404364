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
    if (box.current && checked !== undefined) settle(box.current, checked);
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

/**
 * A press before the script was here has not been done yet. Where the focus is elsewhere, the browser
 * has filled the box in, as it was on a page before: that means nothing.
 */
function settle(box: HTMLInputElement, checked: boolean): void {
  if (box.checked === checked) return;
  box.checked = checked;
  if (document.activeElement === box) box.click();
}
