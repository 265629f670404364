import { APIError } from "better-auth/api";

const storable = (text: string) => !text.includes("\u0000") && text.isWellFormed();

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
    (typeof value === "string" && value.length <= longest && storable(value));
  const refuse = (message: string) => {
    throw new APIError("UNPROCESSABLE_ENTITY", { code: "INVALID_FIELD", message });
  };
  if (!name || !fits(name, 200)) refuse("The name must have 1 to 200 characters.");
  if (!fits(email, 254)) refuse("The e-mail address may have at most 254 characters.");
  if (!fits(image, 2048) || (image && !String(image).startsWith("https://"))) {
    refuse("The image must be an https address of at most 2048 characters.");
  }
}
