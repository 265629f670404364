import Bowser from "bowser";

export interface Device {
  /** Or whatever else has signed in: "curl". */
  browser: string | undefined;
  system: string | undefined;
}

/** What a user agent says that it is (RFC 9110 §10.1.5): a help to memory, and no proof of anything. */
export function deviceOf(userAgent: string | null | undefined): Device {
  if (!userAgent) return { browser: undefined, system: undefined };
  const { browser, os } = Bowser.parse(userAgent);
  const product = /^[\w.-]+/.exec(userAgent)?.[0];
  return { browser: browser.name || product, system: os.name || undefined };
}
