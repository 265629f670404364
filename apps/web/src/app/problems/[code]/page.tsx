import { type ProblemCode, problemCodes, problemOf } from "@taskbridge/api";
import type { Metadata } from "next";

/** A page for every code in the table of errors, and 404 for all else. */
export const dynamicParams = false;
export const generateStaticParams = () => problemCodes.map((code) => ({ code }));

interface Props {
  params: Promise<{ code: ProblemCode }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: problemOf((await params).code).title };
}

export default async function ProblemPage({ params }: Props) {
  const { code } = await params;
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
