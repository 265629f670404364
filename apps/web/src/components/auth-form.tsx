"use client";

import type { ComponentProps } from "react";
import type { FieldValues, Path } from "react-hook-form";
import { type Sending, useSentForm } from "../forms/use-sent-form.ts";
import { ownAddress } from "../shell/tab-user.ts";
import { useT } from "../strings/provider.tsx";
import { Button } from "./button.tsx";
import { TextField } from "./field.tsx";
import { usePreloaded } from "./lazy-part.tsx";
import { TextLink } from "./link.tsx";
import { Notice } from "./notice.tsx";

interface AuthFormProps<Values extends FieldValues> {
  title: string;
  submit: string;
  fields: (ComponentProps<typeof TextField> & { name: Path<Values> })[];
  /** Those that a reload leaves as they are, and the other of the two forms begins with. */
  keeps: readonly Exclude<Path<Values>, "password">[];
  sending: Sending<Values> & { preload: () => void };
  next: string;
  other: { text: string; link: string; href: "/sign-in" | "/sign-up" };
}

/** What signing in and signing up share: the way a form looks, and where it leads to. */
export function AuthForm<Values extends FieldValues>({
  title,
  submit,
  fields,
  keeps,
  sending,
  next,
  other,
}: AuthFormProps<Values>) {
  const t = useT();
  usePreloaded(sending);
  const { form, field, failure, busy } = useSentForm<Values>({
    resolver: sending.resolver,
    send: sending.send,
    keeps: { form: "auth", fields: keeps },
    onSent: () => {
      window.location.replace(ownAddress(next));
      // Busy until the page is gone.
      return new Promise(() => {});
    },
  });

  return (
    <>
      <h1 className="mb-6 text-2xl font-semibold">{title}</h1>
      <form {...form}>
        {fields.map((props) => (
          <TextField key={props.name} required {...props} {...field(props.name)} />
        ))}
        {failure && <Notice>{failure}</Notice>}
        <Button type="submit" kind="primary" className="w-full" busy={busy}>
          {busy ? t("auth.busy") : submit}
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
