import { type ProblemCode, problemCodes, problemOf } from "@taskbridge/api";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

interface Props {
  params: Promise<{ code: string }>;
}

const isCode = (code: string): code is ProblemCode =>
  (problemCodes as readonly string[]).includes(code);

/** There is a page for every code in the table of errors, and 404 for all else. */
async function problemIn(params: Props["params"]) {
  const { code } = await params;
  return isCode(code) ? { code, ...problemOf(code) } : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await problemIn(params)).title };
}

export default async function ProblemPage({ params }: Props) {
  const { code, title, status, when, remedy } = await problemIn(params);
  return (
    <>
      <p className="font-mono text-sm text-muted wrap-anywhere">
        {status} {code}
      </p>
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
      <h2 className="mt-6 font-semibold">When it happens</h2>
      <p className="mt-1">{when}</p>
      <h2 className="mt-6 font-semibold">What to do</h2>
      <p className="mt-1">{remedy}</p>
    </>
  );
}
