import type { ReactNode } from "react";

/** Something went wrong, said at once; with what to do about it. */
export function Notice({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <div role="alert" className={`text-sm text-danger ${className}`}>
      {children}
    </div>
  );
}
