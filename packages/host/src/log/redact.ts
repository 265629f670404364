import { SHORTEST_SECRET } from "@taskbridge/db";

const HIDDEN = "[hidden]";

/** The longest text that a line keeps of anything. */
const MAX_TEXT = 4_000;

/** Next bundles its own copy of this module beside the host's: what one is told, both must know. */
const holder = globalThis as typeof globalThis & { taskbridgeSecrets?: Set<string> };
holder.taskbridgeSecrets ??= new Set();
const secrets = holder.taskbridgeSecrets;

/**
 * What gives itself away by its form. Each pattern begins at something fixed or is bounded: the text
 * may be a client's, and long.
 */
const patterns: readonly [pattern: RegExp, instead: string][] = [
  // A JWT: three base64url parts. What begins as JSON does hides without the others, too.
  [/eyJ[\w-]{5,}(?:(?:\.|%2e)[\w-]*)*/gi, HIDDEN],
  [/(?<![\w-])[\w-]{16,}(?:\.|%2e)[\w-]{16,}(?:\.|%2e)[\w-]{16,}/gi, HIDDEN],
  [/\b(bearer|basic)(?:\s|%20|\+)+[^\s,;"']+/gi, `$1 ${HIDDEN}`],
  // Better Auth's cookies by their name, and by their form: a token, a dot and its signature.
  [/(better-auth[\w.-]{0,64}(?:=|%3d))[^\s;,"']+/gi, `$1${HIDDEN}`],
  [/[A-Za-z0-9]{32}(?:\.|%2e)[\w%+/=-]{40,}/gi, HIDDEN],
  [
    /((?:password|secret|token|authorization|cookie)["']?\s{0,8}(?:=|:|%3d)\s{0,8})(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s,;&"'})]+)/gi,
    `$1${HIDDEN}`,
  ],
  [/:\/\/[^\s@"'/]+@/g, `://${HIDDEN}@`],
  // Of a link the origin: what follows may be signed, or name somebody.
  [/(https?:\/\/[^\s/?#"']+)[/?#][^\s"']*/gi, "$1/…"],
  [
    /[^\s@"'<>(),;:/?&=[\]%]{1,64}(?:@|%40)[^\s@"'<>(),;:/?&=[\]%]{1,255}\.[a-z]{2,63}/giu,
    "[e-mail]",
  ],
];

/** Makes sure that these texts are never logged, in plain or in an address's spelling. */
export function hideAlways(...values: readonly string[]): void {
  for (const value of values.filter((text) => text.length >= SHORTEST_SECRET)) {
    secrets.add(value).add(encodeURIComponent(value));
  }
}

/** A text without secrets, tokens, cookies and e-mail addresses, and of a length to be read. */
export function redact(text: string): string {
  let kept = text;
  for (const secret of secrets) kept = kept.replaceAll(secret, HIDDEN);
  for (const [pattern, instead] of patterns) kept = kept.replace(pattern, instead);
  return kept.length > MAX_TEXT ? `${kept.slice(0, MAX_TEXT)}…` : kept;
}

/**
 * A library's message without what it quotes, from the first quotation mark to the last: there stand
 * the values that a query, a parser or a schema was given, and so what a client sent.
 */
export const withoutQuotes = (message: string): string => message.replace(/".*"|".*$/s, '"…"');
