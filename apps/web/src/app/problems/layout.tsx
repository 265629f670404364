import type { ReactNode } from "react";
import { TextLink } from "../../components/link.tsx";

export default function ProblemsLayout({ children }: { children: ReactNode }) {
  return (
    <main lang="en" className="mx-auto w-full max-w-2xl p-4 sm:p-8">
      {children}
      <nav className="mt-8 flex flex-wrap gap-4 text-sm">
        <TextLink className="inline-block py-3" href="/problems">
          All errors
        </TextLink>
        <TextLink className="inline-block py-3" href="/docs">
          API reference
        </TextLink>
      </nav>
    </main>
  );
}
