import { characterKeysOf, cookieNames, type Language, type Theme } from "./preferences.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function setCookie(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  const age = value === "" ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: Firefox and Safari lack the Cookie Store on plain HTTP.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

/** Shows the theme at once, and on every later page. */
export function rememberTheme(theme: Theme): void {
  setCookie(cookieNames.theme, theme === "system" ? "" : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** For the next page that the server draws. */
export const rememberLanguage = (language: Language) => setCookie(cookieNames.language, language);

export const rememberCharacterKeys = (on: boolean) =>
  setCookie(cookieNames.characterKeys, on ? "" : "off");

/** Read whenever it matters: another tab may have changed it. */
export function hasCharacterKeys(): boolean {
  const begin = `${cookieNames.characterKeys}=`;
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(begin));
  return characterKeysOf(cookie?.slice(begin.length));
}

/** So that the server knows which day it is here. */
export function rememberTimeZone(): void {
  setCookie(cookieNames.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
