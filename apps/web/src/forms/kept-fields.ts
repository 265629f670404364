const PREFIX = "taskbridge.form.";

/**
 * What was typed into a form's fields, for as long as the tab lives. It says nothing of whose it is: no
 * password, and nothing that somebody else who uses the tab later must not see, may be given to it.
 */
export function readFields(form: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + form) ?? "{}");
  } catch {
    return {};
  }
}

export function keepFields(form: string, fields: Record<string, string>): void {
  try {
    sessionStorage.setItem(PREFIX + form, JSON.stringify({ ...readFields(form), ...fields }));
  } catch {
    // There is no room: then it is typed again after a reload.
  }
}

export function forgetFields(form: string): void {
  sessionStorage.removeItem(PREFIX + form);
}

/** Of all forms: somebody has signed out. */
export function forgetAllFields(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}
