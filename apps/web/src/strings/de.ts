import type { Dictionary } from "./translate.ts";

export const de: Dictionary = {
  "app.description": "Deine Aufgaben, und niemandes sonst.",
  "app.skip": "Zum Inhalt",
  "app.offlineBanner": "Du bist offline.",

  "error.title": "Etwas ist schiefgegangen",
  "error.text": "Es liegt nicht an dir. Oft hilft es, es noch einmal zu versuchen.",
  "error.retry": "Noch einmal versuchen",
  "notFound.title": "Diese Seite gibt es nicht",
  "notFound.home": "Zu deinen Aufgaben",
  "nav.apiReference": "API-Referenz",
  "nav.problems": "Was Fehler bedeuten",

  "auth.signIn": "Anmelden",
  "auth.signUp": "Registrieren",
  "auth.createAccount": "Konto anlegen",
  "auth.busy": "Einen Moment …",
  "auth.name": "Name",
  "auth.email": "E-Mail-Adresse",
  "auth.password": "Passwort",
  "auth.passwordHint": "Mindestens 8 Zeichen.",
  "auth.noAccount": "Noch kein Konto?",
  "auth.haveAccount": "Du hast ein Konto?",
  "auth.unreachable":
    "Der Server ist nicht erreichbar. Prüfe die Verbindung und versuche es erneut.",
  "auth.tooManyTries": "Zu viele Versuche. Warte eine Minute und versuche es erneut.",
  "auth.wrong": "E-Mail-Adresse oder Passwort ist falsch.",
  "auth.taken": "Es gibt schon ein Konto mit dieser E-Mail-Adresse. Melde dich stattdessen an.",
  "auth.invalidEmail": "Das ist keine E-Mail-Adresse.",
  "auth.passwordTooShort": "Das Passwort muss mindestens 8 Zeichen haben.",
  "auth.passwordTooLong": "Das Passwort darf höchstens 128 Zeichen haben.",
  "auth.failed": "Der Server konnte das nicht tun. Versuche es gleich noch einmal.",

  "account.menu": "Konto von {name}",
  "account.signOut": "Abmelden",
  "account.signOutFailed": "Nicht abgemeldet; versuche es noch einmal.",
  "account.theme": "Farben",
  "account.theme.system": "Wie das System",
  "account.theme.light": "Hell",
  "account.theme.dark": "Dunkel",
  "account.language": "Sprache",

  "dialog.close": "Schließen",
  "dialog.cancel": "Abbrechen",
  "toast.region": "Meldungen",
  "toast.dismiss": "Ausblenden",
};
