import type { Metadata } from "next";
import { ApiReference } from "../../components/api-reference.tsx";
import { TextLink } from "../../components/link.tsx";

export const metadata: Metadata = { title: "API reference" };

export default function DocsPage() {
  return (
    <main className="reference" lang="en">
      <nav className="mx-auto flex max-w-[1460px] flex-wrap gap-4 px-5 pt-4 text-sm">
        <TextLink className="inline-block py-3" href="/">
          To your tasks
        </TextLink>
        <TextLink className="inline-block py-3" href="/problems">
          What errors mean
        </TextLink>
      </nav>
      <ApiReference url="/api/openapi.json" />
    </main>
  );
}
