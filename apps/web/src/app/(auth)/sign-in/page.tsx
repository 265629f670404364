import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SessionEnded } from "../../../account/session-ended.tsx";
import { SignInForm } from "../../../components/sign-in-form.tsx";
import { safeNext } from "../../../safe-next.ts";
import { currentSession } from "../../../session.ts";
import { currentStrings } from "../../../strings/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("auth.signIn") };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = safeNext((await searchParams).next);
  if (await currentSession()) redirect(next);
  return (
    <>
      <SessionEnded />
      <SignInForm next={next} />
    </>
  );
}
