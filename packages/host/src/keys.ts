import { deriveKey, deriveSubkey } from "@taskbridge/bridge";
import { passwordOf } from "@taskbridge/db";
import { hideAlways } from "./log/redact.ts";

/** The access tokens' derived key, and those of secrets that are still, or already, accepted. */
export interface TokenKeys {
  key: Uint8Array;
  previousKeys: readonly Uint8Array[];
}

/** The keys of these secrets. */
export async function keysOf(
  secret: string,
  previousSecrets: readonly string[],
): Promise<TokenKeys> {
  const [key, previousKeys] = await Promise.all([
    deriveKey(secret),
    Promise.all(previousSecrets.map(deriveKey)),
  ]);
  return { key, previousKeys };
}

/** From the derived key, not the secret: who has the key alone reads everybody's cursors all the same. */
export const cursorKeyOf = (key: Uint8Array) => deriveSubkey(key, "taskbridge/cursor/v1");

/** Whatever an error quotes, these never reach the log. */
export function hideSecrets(
  keys: TokenKeys,
  secrets: readonly string[],
  databaseUrls: readonly (string | undefined)[],
): void {
  hideAlways(...secrets);
  for (const key of [keys.key, ...keys.previousKeys].map((bytes) => Buffer.from(bytes))) {
    hideAlways(...(["base64url", "base64", "hex"] as const).map((form) => key.toString(form)));
  }
  for (const url of databaseUrls) {
    if (!url) continue;
    hideAlways(url);
    hideAlways(passwordOf(url));
  }
}
