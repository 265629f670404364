import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";

/** What PostgreSQL takes for a text, and HTTP for a header's value once it is encoded. */
const isStorable = (text: string) => !text.includes("\u0000") && text.isWellFormed();

const refuse = (message: string) => {
  throw new APIError("UNPROCESSABLE_ENTITY", { code: "INVALID_FIELD", message });
};

/** What Better Auth itself looks up, or sends back in a header, without looking at its characters. */
const unchecked = ["token", "callbackURL"];

/** Refuses there what no database and no header takes: they would be failures of ours. */
export const storableTextsAlone = {
  id: "storable-texts-alone",
  hooks: {
    before: [
      {
        matcher: ({ body }) => typeof body === "object" && body !== null,
        handler: createAuthMiddleware(async ({ body }) => {
          const sent = body as Record<string, unknown>;
          for (const name of unchecked) {
            const value = sent[name];
            if (typeof value !== "string" || isStorable(value)) continue;
            refuse(`${name} has characters that cannot be kept.`);
          }
        }),
      },
    ],
  },
} satisfies BetterAuthPlugin;

/** Better Auth takes anything for these; what is kept is sent with every look at the session. */
export function checkUser({
  name,
  email,
  image,
}: {
  name?: unknown;
  email?: unknown;
  image?: unknown;
}) {
  const fits = (value: unknown, longest: number) =>
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.length <= longest && isStorable(value));
  if (!name || !fits(name, 200)) refuse("The name must have 1 to 200 characters.");
  if (!fits(email, 254)) refuse("The e-mail address may have at most 254 characters.");
  if (!fits(image, 2048) || (image && !String(image).startsWith("https://"))) {
    refuse("The image must be an https address of at most 2048 characters.");
  }
}
