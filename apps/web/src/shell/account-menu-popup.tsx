"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type { ButtonProps } from "../components/button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from "../components/menu.tsx";
import type { Press } from "../components/press.ts";
import { useToasts } from "../components/toast.tsx";
import { languageNames, languages, type Theme, themes } from "../preferences/preferences.ts";
import { rememberLanguage, rememberTheme } from "../preferences/remember.ts";
import { useStrings } from "../strings/provider.tsx";
import { useUnlessUnsent } from "./unsent-question.tsx";
import { useSignOut } from "./use-sign-out.ts";

const languageOptions = languages.map((language) => ({
  value: language,
  label: languageNames[language],
  lang: language,
}));

interface AccountMenuPopupProps {
  trigger: ReactElement<ButtonProps>;
  openedBy: Press;
  /** As the server knew it. */
  theme: Theme;
}

/** Opens as it is loaded: somebody pressed the button for it. */
export function AccountMenuPopup({
  trigger,
  openedBy,
  theme: initialTheme,
}: AccountMenuPopupProps) {
  const { t, language } = useStrings();
  const [theme, setTheme] = useState(initialTheme);
  const router = useRouter();
  const toasts = useToasts();
  const signOut = useSignOut(() =>
    toasts.show({ text: t("account.signOutFailed"), tone: "danger" }),
  );

  const { unlessUnsent, question } = useUnlessUnsent();

  return (
    <>
      <Menu trigger={trigger} openedBy={openedBy}>
        <MenuChoice
          label={t("account.theme")}
          value={theme}
          options={themes.map((value) => ({ value, label: t(`account.theme.${value}`) }))}
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
        <MenuItem onPress={() => unlessUnsent(signOut)}>{t("account.signOut")}</MenuItem>
      </Menu>
      {question}
    </>
  );
}
