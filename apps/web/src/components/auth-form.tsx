"use client";

import { type ComponentProps, type FormEvent, useRef, useState } from "react";
import { type Refusal, unreachable } from "../auth-refusal.ts";
import { useT } from "../strings/provider.tsx";
import { Button } from "./button.tsx";
import { TextField } from "./field.tsx";
import { TextLink } from "./link.tsx";
import { Notice } from "./notice.tsx";

interface AuthFormProps {
  title: string;
  submit: string;
  fields: (ComponentProps<typeof TextField> & { name: string })[];
  /** Sends the form; resolves with what the server refused, if it did. */
  onSend: (values: Record<string, string>) => Promise<Refusal | undefined>;
  next: string;
  other: { text: string; link: string; href: "/sign-in" | "/sign-up" };
}

/** What signing in and signing up share: one form, sent once at a time, that says what was refused. */
export function AuthForm({ title, submit, fields, onSend, next, other }: AuthFormProps) {
  const t = useT();
  const [refusal, setRefusal] = useState<Refusal>();
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    setRefusal(undefined);
    const values = new FormData(event.currentTarget);
    const refused = await onSend(
      Object.fromEntries(fields.map(({ name }) => [name, String(values.get(name))])),
    ).catch(() => unreachable);
    if (!refused) return window.location.replace(next);
    setSending(false);
    setRefusal(refused);
    form.current?.querySelector<HTMLInputElement>(`[name="${refused.field}"]`)?.focus();
  }

  return (
    <>
      <h1 className="mb-6 text-2xl font-semibold">{title}</h1>
      {/* POST, so that a form sent before the script has loaded keeps the password out of the address. */}
      <form ref={form} onSubmit={send} method="post" className="space-y-4">
        {fields.map((field) => (
          <TextField
            key={field.name}
            {...field}
            error={refusal?.field === field.name ? t(refusal.reason) : undefined}
            required
          />
        ))}
        {refusal && !refusal.field && <Notice>{t(refusal.reason)}</Notice>}
        <Button type="submit" kind="primary" className="w-full" busy={sending}>
          {sending ? t("auth.busy") : submit}
        </Button>
      </form>
      <p className="mt-6 text-sm text-muted">
        {other.text}{" "}
        <TextLink
          className="inline-block px-1 py-3"
          href={{ pathname: other.href, query: next === "/tasks" ? {} : { next } }}
        >
          {other.link}
        </TextLink>
      </p>
    </>
  );
}
