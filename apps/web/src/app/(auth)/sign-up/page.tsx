import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpForm } from "../../../components/sign-up-form.tsx";
import { safeNext } from "../../../safe-next.ts";
import { currentSession } from "../../../session.ts";
import { currentStrings } from "../../../strings/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("auth.signUp") };
}

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = safeNext((await searchParams).next);
  if (await currentSession()) redirect(next);
  return <SignUpForm next={next} />;
}
