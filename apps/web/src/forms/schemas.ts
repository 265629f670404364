import * as z from "zod";
import type { PlainKey } from "../strings/translate.ts";
import "../zod-without-eval.ts";

/** What is wrong, as the key of one sentence. */
const says = (key: PlainKey) => key;

const email = z
  .string()
  .min(1, { error: says("auth.emailMissing"), abort: true })
  .max(254, says("auth.invalidEmail"))
  .check(z.email(says("auth.invalidEmail")));

const password = z.string().min(1, says("account.password.missing"));

/** None that is longer was ever taken. */
const ownPassword = password.max(128, says("account.password.wrong"));

/** Better Auth's own lengths, in UTF-16 units like its own: the server checks them again. */
const newPassword = z
  .string()
  .min(8, says("auth.passwordTooShort"))
  .max(128, says("auth.passwordTooLong"));

export const signInSchema = z.object({ email, password });
export type SignIn = z.infer<typeof signInSchema>;

export const signUpSchema = z.object({
  name: z.string().trim().min(1, says("auth.nameMissing")).max(100, says("auth.nameTooLong")),
  email,
  password: newPassword,
});
export type SignUp = z.infer<typeof signUpSchema>;

export const passwordChangeSchema = z
  .object({ current: ownPassword, next: newPassword })
  .refine(({ current, next }) => next !== current, {
    path: ["next"],
    message: says("account.password.same"),
  });

/** The address in whatever case: people do not know which one they once typed. */
export const deletionSchema = (address: string) =>
  z.object({
    email: z
      .string()
      .refine(
        (typed) => typed.trim().toLowerCase() === address.toLowerCase(),
        says("account.delete.mismatch"),
      ),
    password: ownPassword,
  });
