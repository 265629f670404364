import { KEY_BYTES } from "./constants.ts";

/** A secret on which no token may rest. Its message never repeats the secret. */
export class WeakSecretError extends Error {
  override readonly name = "WeakSecretError";
}

/** Long enough, and known to everybody: defaults and examples of well-known software. */
const WELL_KNOWN = new Set([
  "better-auth-secret-12345678901234567890",
  "better-auth-secret-that-is-long-enough-for-validation-test",
  "a-string-secret-at-least-256-bits-long",
  "super-secret-jwt-token-with-at-least-32-characters-long",
  "your-super-secret-jwt-token-with-at-least-32-characters-long",
  "reallyreallyreallyreallyverysafe",
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
]);

/** What stands where a secret should: words that nobody leaves in one on purpose. */
const PLACEHOLDER =
  /(?:change|replace)[-_ .]?(?:me|it|this|with)|your[-_ .](?:own|super|very|long|secret|random|better|auth|key)|placeholder/i;

const MIN_DISTINCT_CHARACTERS = 6;

/**
 * Refuses a secret that is missing, under 32 bytes, well known, a placeholder or made of a handful of characters.
 * RFC 8725 §3.5: "Human-memorizable passwords MUST NOT be directly used as the key to a keyed-MAC
 * algorithm"; RFC 7518 §3.2: "A key of the same size as the hash output […] or larger MUST be used".
 *
 * @param name how the message calls the secret, a setting's name for example
 * @throws {WeakSecretError}
 */
export function assertStrongSecret(
  secret: string | undefined,
  name = "The secret",
): asserts secret is string {
  const weakness = weaknessOf(secret);
  if (weakness) {
    throw new WeakSecretError(
      `${name} ${weakness}: give it at least ${KEY_BYTES} random bytes, such as \`openssl rand -hex ${KEY_BYTES}\` prints.`,
    );
  }
}

function weaknessOf(secret: unknown): string | undefined {
  if (typeof secret !== "string" || secret.trim() === "") return "is missing";
  if (!secret.isWellFormed()) return "is not valid Unicode";
  const bytes = new TextEncoder().encode(secret).length;
  if (bytes < KEY_BYTES) return `has only ${bytes} bytes`;
  if (WELL_KNOWN.has(secret.trim())) return "is a default that everybody knows";
  if (PLACEHOLDER.test(secret)) return "looks like a placeholder";
  if (new Set(secret).size < MIN_DISTINCT_CHARACTERS) return "repeats a handful of characters";
  return undefined;
}
