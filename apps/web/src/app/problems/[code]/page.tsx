import { type ProblemCode, problemCodes, problemOf } from "@taskbridge/api";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

interface Props {
  params: Promise<{ code: string }>;
}

/** A page for every code in the table of errors, and 404 for all else. */
async function codeOf({ params }: Props): Promise<ProblemCode> {
  const { code } = await params;
  return problemCodes.find((known) => known === code) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: problemOf(await codeOf(props)).title };
}

export default async function ProblemPage(props: Props) {
  const code = await codeOf(props);
  const { title, status, when, remedy } = problemOf(code);
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
