import * as z from "zod";
import type { PlainKey } from "../strings/translate.ts";
import "../zod-without-eval.ts";

/** What is wrong, as the key of one sentence. */
const says = (key: PlainKey) => key;

/** Better Auth's own lengths, in UTF-16 units like its own: the server checks them again. */
const newPassword = z
  .string()
  .min(8, says("auth.passwordTooShort"))
  .max(128, says("auth.passwordTooLong"));

/** None that is longer was ever taken. */
const password = z
  .string()
  .min(1, says("account.password.missing"))
  .max(128, says("account.password.wrong"));

export const passwordChangeSchema = z
  .object({ current: password, next: newPassword, signOutOthers: z.boolean() })
  .refine(({ current, next }) => next !== current, {
    path: ["next"],
    message: says("account.password.same"),
  });

/** The address in whatever case: people do not know which one they once typed. */
export const deletionSchema = (email: string) =>
  z.object({
    email: z.string().refine((typed) => typed.trim().toLowerCase() === email.toLowerCase()),
    password,
  });
