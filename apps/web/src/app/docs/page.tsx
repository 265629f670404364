import type { Metadata } from "next";
import Link from "next/link";
import { ApiReference } from "../../components/api-reference.tsx";

export const metadata: Metadata = { title: "API reference" };

export default function DocsPage() {
  return (
    <main className="reference">
      <nav className="mx-auto flex max-w-[1460px] flex-wrap gap-4 px-5 pt-4 text-sm">
        <Link className="text-accent underline" href="/">
          To your tasks
        </Link>
        <Link className="text-accent underline" href="/problems">
          What errors mean
        </Link>
      </nav>
      <ApiReference url="/api/openapi.json" />
    </main>
  );
}
