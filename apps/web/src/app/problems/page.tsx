import { problemCodes, problemOf } from "@taskbridge/api";
import type { Metadata } from "next";
import { TextLink } from "../../components/link.tsx";

export const metadata: Metadata = { title: "What errors mean" };

const problems = problemCodes
  .map((code) => ({ code, ...problemOf(code) }))
  .sort((a, b) => a.status - b.status);

export default function ProblemsPage() {
  return (
    <>
      <h1 className="text-2xl font-semibold">What errors mean</h1>
      <p className="mt-2 text-muted">
        Each refusal of the API carries a <code>code</code>, the same at both doors, and over REST a{" "}
        <code>type</code> that leads to the page of its code.
      </p>
      <ul className="mt-6 divide-y divide-line rounded-card border border-line bg-surface">
        {problems.map(({ code, status, when }) => (
          <li key={code} className="p-4">
            <span className="mr-2 tabular-nums text-muted">{status}</span>
            <TextLink className="font-mono wrap-anywhere" href={`/problems/${code}`}>
              {code}
            </TextLink>
            <p className="mt-1 text-sm">{when}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
