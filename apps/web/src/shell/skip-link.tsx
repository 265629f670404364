import type { ReactNode } from "react";

/** What a page's `main` has as its id. */
export const CONTENT_ID = "content";

export function SkipLink({ children }: { children: ReactNode }) {
  return (
    <a
      href={`#${CONTENT_ID}`}
      className="fixed start-3 top-3 z-50 -translate-y-24 rounded-control bg-accent px-4 py-3 text-on-accent focus:translate-y-0"
    >
      {children}
    </a>
  );
}
