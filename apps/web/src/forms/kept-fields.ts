import { parseKept, removeAll, store } from "../lib/browser-storage.ts";

const PREFIX = "taskbridge.form.";

/**
 * What was typed into a form's fields, for as long as the tab lives. It says nothing of whose it is: no
 * password, and nothing that somebody else who uses the tab later must not see, may be given to it.
 */
export const readFields = (form: string): Record<string, string> =>
  (parseKept(sessionStorage.getItem(PREFIX + form)) as Record<string, string> | undefined) ?? {};

export function keepFields(form: string, fields: Record<string, string>): void {
  // Where there is no room, it is typed again after a reload.
  store(sessionStorage, PREFIX + form, JSON.stringify({ ...readFields(form), ...fields }));
}

export function forgetFields(form: string): void {
  sessionStorage.removeItem(PREFIX + form);
}

/** Of all forms: somebody has signed out. */
export const forgetAllFields = (): void => removeAll(sessionStorage, PREFIX);
