"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from "../components/menu.tsx";
import { useToasts } from "../components/toast.tsx";
import type { Language, Theme } from "../preferences/preferences.ts";
import { rememberLanguage, rememberTheme } from "../preferences/remember.ts";
import { useStrings } from "../strings/provider.tsx";
import { UnsentQuestion, useUnsent } from "./unsent-question.tsx";
import { useSignOut } from "./use-sign-out.ts";

// Each in its own words, for those who have ended up in a language that they cannot read.
const languageOptions = [
  { value: "en", label: "English", lang: "en" },
  { value: "de", label: "Deutsch", lang: "de" },
] as const satisfies { value: Language; label: string; lang: string }[];

interface AccountMenuPopupProps {
  trigger: ReactElement;
  /** As the server knew it. */
  theme: Theme;
}

/** Opens as it is loaded: somebody pressed the button for it. */
export function AccountMenuPopup({ trigger, theme: initialTheme }: AccountMenuPopupProps) {
  const { t, language } = useStrings();
  const [theme, setTheme] = useState(initialTheme);
  const router = useRouter();
  const toasts = useToasts();
  const signOut = useSignOut(() =>
    toasts.show({ text: t("account.signOutFailed"), tone: "danger" }),
  );

  const unsent = useUnsent();
  const [asking, setAsking] = useState(false);

  return (
    <>
      <Menu trigger={trigger} defaultOpen>
        <MenuChoice
          label={t("account.theme")}
          value={theme}
          options={[
            { value: "system", label: t("account.theme.system") },
            { value: "light", label: t("account.theme.light") },
            { value: "dark", label: t("account.theme.dark") },
          ]}
          onChange={(chosen) => {
            rememberTheme(chosen);
            setTheme(chosen);
          }}
        />
        <MenuSeparator />
        <MenuChoice
          label={t("account.language")}
          value={language}
          options={languageOptions}
          onChange={(chosen) => {
            rememberLanguage(chosen);
            router.refresh();
          }}
        />
        <MenuSeparator />
        <MenuLink href="/account">{t("account.title")}</MenuLink>
        <MenuLink href="/docs">{t("nav.apiReference")}</MenuLink>
        <MenuItem onPress={() => (unsent > 0 ? setAsking(true) : void signOut())}>
          {t("account.signOut")}
        </MenuItem>
      </Menu>
      {asking && <UnsentQuestion onConfirm={signOut} onClose={() => setAsking(false)} />}
    </>
  );
}
