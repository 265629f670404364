import type { ComponentProps, MouseEvent } from "react";

const kinds = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border-line bg-surface text-ink hover:bg-calm",
  danger: "border-line bg-surface text-danger hover:bg-calm",
};

interface ButtonProps extends ComponentProps<"button"> {
  kind?: keyof typeof kinds;
  /** Does nothing for now, but keeps the focus, which a disabled button would lose. */
  busy?: boolean;
}

export function Button({
  kind = "plain",
  busy = false,
  className = "",
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) =>
    busy ? event.preventDefault() : onClick?.(event);
  return (
    <button
      type={type}
      aria-disabled={busy || undefined}
      className={`min-h-11 rounded-lg border px-4 font-medium aria-disabled:cursor-progress aria-disabled:opacity-60 ${kinds[kind]} ${className}`}
      onClick={press}
      {...rest}
    />
  );
}
