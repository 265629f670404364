import type { Message } from "./translate.ts";

/** Every sentence of the pages; `de.ts` has the same keys. A translation is one such file. */
export const en = {
  "app.description": "Your tasks, and nobody else's.",
  "app.skip": "Skip to content",
  "app.offlineBanner": "You are offline.",

  "error.title": "Something went wrong",
  "error.text": "It is not your doing. Trying again often helps.",
  "error.retry": "Try again",
  "notFound.title": "There is no such page",
  "notFound.home": "To your tasks",
  "nav.apiReference": "API reference",
  "nav.problems": "What errors mean",

  "auth.signIn": "Sign in",
  "auth.signUp": "Sign up",
  "auth.createAccount": "Create account",
  "auth.busy": "One moment …",
  "auth.name": "Name",
  "auth.email": "E-mail address",
  "auth.password": "Password",
  "auth.passwordHint": "At least 8 characters.",
  "auth.noAccount": "No account yet?",
  "auth.haveAccount": "You have an account?",
  "auth.unreachable": "The server cannot be reached. Check your connection and try again.",
  "auth.tooManyTries": "Too many tries. Wait a minute and try again.",
  "auth.wrong": "The e-mail address or the password is wrong.",
  "auth.taken": "There is an account with this e-mail address already. Sign in instead.",
  "auth.invalidEmail": "This is not an e-mail address.",
  "auth.passwordTooShort": "The password must have at least 8 characters.",
  "auth.passwordTooLong": "The password must have at most 128 characters.",
  "auth.failed": "The server could not do that. Try again in a moment.",

  "account.menu": "Account of {name}",
  "account.signOut": "Sign out",
  "account.signOutFailed": "Not signed out; try again.",
  "account.theme": "Theme",
  "account.theme.system": "As the system",
  "account.theme.light": "Light",
  "account.theme.dark": "Dark",
  "account.language": "Language",

  "dialog.close": "Close",
  "dialog.cancel": "Cancel",
  "toast.region": "Messages",
  "toast.dismiss": "Dismiss",
} as const satisfies Record<string, Message>;
