import Link from "next/link";
import type { ReactNode } from "react";

export default function ProblemsLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto w-full max-w-2xl p-4 sm:p-8">
      {children}
      <nav className="mt-8 flex flex-wrap gap-4 text-sm">
        <Link className="text-accent underline" href="/problems">
          All errors
        </Link>
        <Link className="text-accent underline" href="/docs">
          API reference
        </Link>
      </nav>
    </main>
  );
}
