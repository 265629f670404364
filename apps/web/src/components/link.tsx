import NextLink from "next/link";
import type { ComponentProps } from "react";

export function TextLink({ className = "", ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink
      className={`text-accent underline underline-offset-2 hover:text-accent-strong ${className}`}
      {...rest}
    />
  );
}
