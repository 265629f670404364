"use client";

import { type FormEvent, useEffect } from "react";
import {
  type DefaultValues,
  type FieldError,
  type FieldValues,
  type Path,
  type PathValue,
  type Resolver,
  useForm,
} from "react-hook-form";
import { useT } from "../strings/provider.tsx";
import type { PlainKey } from "../strings/translate.ts";
import { forgetFields, keepFields, readFields } from "./kept-fields.ts";
import type { Refusal } from "./refusal.ts";

/** How a form is checked, and then sent. */
export interface Sending<Values extends FieldValues> {
  /** Its messages are keys of sentences. */
  resolver: Resolver<Values>;
  /** Resolves with what was refused, if something was. */
  send: (values: Values) => Promise<Refusal<Path<Values>> | undefined>;
}

interface SentForm<Values extends FieldValues> extends Sending<Values> {
  /** Left out, the fields keep what was typed into them before the script had loaded. */
  defaultValues?: DefaultValues<Values>;
  /** What of it a reload leaves as it is. No password is among it. */
  keeps?: { form: string; fields: readonly Exclude<Path<Values>, "password">[] };
  onTyped?: (values: Values) => void;
  /** Once it is sent and nothing was refused; the form is busy until then. */
  onSent?: () => Promise<void>;
}

/**
 * What every form that is sent has in common: a schema checks it, it is sent once at a time, and what is
 * wrong is said at its field, of which the first gets the focus.
 */
export function useSentForm<Values extends FieldValues>(options: SentForm<Values>) {
  const { resolver, defaultValues, send, keeps, onTyped, onSent } = options;
  const t = useT();
  const { register, handleSubmit, formState, setError, reset, subscribe, getValues, setValue } =
    useForm<Values>({ resolver, ...(defaultValues && { defaultValues }) });
  const { errors, isSubmitting } = formState;
  const said = (error: Pick<FieldError, "message"> | undefined) =>
    error?.message && t(error.message as PlainKey);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the form opens.
  useEffect(() => {
    if (!keeps) return;
    const kept = readFields(keeps.form);
    for (const field of keeps.fields) {
      const text = kept[field] as PathValue<Values, Path<Values>> | undefined;
      if (text && !getValues(field)) setValue(field, text);
    }
  }, []);
  useEffect(() =>
    subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        onTyped?.(values);
        if (!keeps) return;
        keepFields(
          keeps.form,
          Object.fromEntries(keeps.fields.map((field) => [field, values[field]])),
        );
      },
    }),
  );

  const submit = handleSubmit(async (values) => {
    const refusal = await send(values);
    if (!refusal) {
      if (keeps) forgetFields(keeps.form);
      return onSent?.();
    }
    setError(refusal.field ?? "root", { message: refusal.reason }, { shouldFocus: true });
  });

  return {
    form: {
      onSubmit: (event: FormEvent) => (isSubmitting ? event.preventDefault() : submit(event)),
      // Sent before the script has loaded it goes nowhere: what was typed stays, and out of the address.
      method: "dialog",
      noValidate: true,
      className: "space-y-4",
    },
    field: (name: Path<Values>) => ({
      ...register(name),
      error: said(errors[name] as FieldError | undefined),
    }),
    /** What is wrong with no field of it. */
    failure: said(errors.root),
    busy: isSubmitting,
    reset,
  };
}
