"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "./button.tsx";

interface AuthFormProps {
  title: string;
  submit: string;
  /** Sends the form; resolves with a sentence where it was refused. */
  onSend: (form: FormData) => Promise<string | undefined>;
  next: string;
  other: { text: string; link: string; href: "/sign-in" | "/sign-up" };
  children: ReactNode;
}

/** What signing in and signing up share: one form, sent once at a time, with one place for trouble. */
export function AuthForm({ title, submit, onSend, next, other, children }: AuthFormProps) {
  const [trouble, setTrouble] = useState<string>();
  const [sending, setSending] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setTrouble(undefined);
    const refusal = await onSend(new FormData(event.currentTarget)).catch(
      () => "The server cannot be reached. Check your connection and try again.",
    );
    if (refusal === undefined) return window.location.assign(next);
    setTrouble(refusal);
    setSending(false);
  }

  return (
    <>
      <h1 className="mb-6 text-2xl font-semibold">{title}</h1>
      {/* POST, so that a form sent before the script has loaded keeps the password out of the address. */}
      <form onSubmit={send} method="post" className="space-y-4">
        {children}
        <p role="alert" className="text-sm text-danger empty:hidden">
          {trouble}
        </p>
        <Button type="submit" kind="primary" className="w-full" disabled={sending}>
          {sending ? "One moment …" : submit}
        </Button>
      </form>
      <p className="mt-6 text-sm text-muted">
        {other.text}{" "}
        <Link
          className="inline-block py-2 text-accent underline"
          href={{ pathname: other.href, query: next === "/tasks" ? {} : { next } }}
        >
          {other.link}
        </Link>
      </p>
    </>
  );
}

/** One sentence for what Better Auth answers. */
export function sentenceOf(error: { status: number; message?: string; code?: string } | null) {
  if (!error) return undefined;
  if (error.status === 429) return "Too many tries. Wait a minute and try again.";
  if (error.status === 401) return "The e-mail address or the password is wrong.";
  if (error.code?.startsWith("USER_ALREADY_EXISTS")) {
    return "There is an account with this e-mail address already. Sign in instead.";
  }
  if (error.status >= 400 && error.status < 500 && error.message) return error.message;
  return "The server could not do that. Try again in a moment.";
}
