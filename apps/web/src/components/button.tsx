import type { ComponentProps, MouseEvent } from "react";

const kinds = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border-line bg-surface text-ink hover:bg-calm",
  danger: "border-line bg-surface text-danger hover:bg-calm",
  quiet: "border-transparent text-ink hover:bg-calm",
};

const common =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control border font-medium select-none aria-disabled:cursor-progress aria-disabled:opacity-60 aria-pressed:bg-chosen aria-pressed:text-accent";

export interface ButtonProps extends ComponentProps<"button"> {
  kind?: keyof typeof kinds;
  /** Does nothing for now, but keeps the focus, which a disabled button would lose. */
  busy?: boolean;
}

function PlainButton({
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
      className={`${common} ${kinds[kind]} ${className}`}
      onClick={press}
      {...rest}
    />
  );
}

interface TextButtonProps extends ButtonProps {
  /** Less wide, for one among many. */
  compact?: boolean;
}

/** States: plain, hovered, focused, pressed (`aria-pressed`), busy. */
export function Button({ className = "", compact = false, ...rest }: TextButtonProps) {
  return <PlainButton className={`${compact ? "px-2.5" : "px-4"} ${className}`} {...rest} />;
}

/** An icon alone; `label` is its name, and shown when the pointer rests on it. */
export function IconButton({
  label,
  className = "",
  kind = "quiet",
  ...rest
}: ButtonProps & { label: string }) {
  return (
    <PlainButton
      kind={kind}
      aria-label={label}
      title={label}
      className={`min-w-11 shrink-0 ${className}`}
      {...rest}
    />
  );
}
