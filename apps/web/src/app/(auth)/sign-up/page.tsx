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
  searchParams: Promise<{ next?: string | string[]; account?: string | string[] }>;
}) {
  const { next: wanted, account } = await searchParams;
  const next = safeNext(wanted);
  if (await currentSession()) redirect(next);
  return (
    <>
      {(account === "deleted" || account === "gone") && (
        <p role="status" className="mb-6 rounded-control bg-chosen p-3">
          {(await currentStrings()).t(`account.${account}`)}
        </p>
      )}
      <SignUpForm next={next} />
    </>
  );
}
