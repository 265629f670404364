import type { Metadata } from "next";
import { AccountSection } from "../../../account/account-section.tsx";
import { DeleteAccount } from "../../../account/delete-account.tsx";
import { PasswordForm } from "../../../account/password-form.tsx";
import { SessionList } from "../../../account/session-list.tsx";
import { TextLink } from "../../../components/link.tsx";
import { CharacterKeysField } from "../../../preferences/character-keys-field.tsx";
import { viewerCharacterKeys } from "../../../preferences/server.ts";
import { currentSession } from "../../../session.ts";
import { CONTENT_ID } from "../../../shell/skip-link.tsx";
import { currentStrings } from "../../../strings/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentStrings()).t("account.title") };
}

export default async function AccountPage() {
  const session = await currentSession();
  // The layout leads to sign-in.
  if (!session) return null;
  const { id, name, email } = session.user;
  const { t } = await currentStrings();
  return (
    <main
      id={CONTENT_ID}
      tabIndex={-1}
      className="mx-auto max-w-2xl px-3 pt-6 pb-24 outline-none sm:px-5"
    >
      <TextLink href="/tasks" className="inline-flex min-h-11 items-center">
        {t("account.back")}
      </TextLink>
      <h1 className="mt-1 mb-5 text-2xl font-semibold">{t("account.title")}</h1>
      <div className="space-y-5">
        <AccountSection title={t("account.who")}>
          <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
            <dt className="text-muted">{t("auth.name")}</dt>
            <dd dir="auto" className="min-w-0 wrap-anywhere max-sm:mb-2">
              {name}
            </dd>
            <dt className="text-muted">{t("auth.email")}</dt>
            <dd className="min-w-0 wrap-anywhere">{email}</dd>
          </dl>
        </AccountSection>
        <AccountSection title={t("account.password.title")}>
          <PasswordForm email={email} />
        </AccountSection>
        <SessionList userId={id} />
        <AccountSection title={t("keys.title")}>
          <CharacterKeysField initial={await viewerCharacterKeys()} />
        </AccountSection>
        <AccountSection title={t("account.delete.title")} text={t("account.delete.text")}>
          <DeleteAccount email={email} />
        </AccountSection>
      </div>
    </main>
  );
}
