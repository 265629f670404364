import type { ComponentProps } from "react";

const kinds = {
  primary: "bg-accent text-on-accent border-transparent",
  plain: "bg-surface text-ink border-line hover:bg-calm",
  danger: "bg-surface text-danger border-line hover:bg-calm",
};

interface ButtonProps extends ComponentProps<"button"> {
  kind?: keyof typeof kinds;
}

export function Button({ kind = "plain", className = "", type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={`min-h-11 rounded-lg border px-4 font-medium disabled:opacity-60 ${kinds[kind]} ${className}`}
      {...rest}
    />
  );
}
