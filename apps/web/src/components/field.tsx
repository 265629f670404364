import { type ComponentProps, type ReactNode, useId } from "react";

const box = "w-full min-h-11 rounded-lg border border-line bg-surface px-3 py-2 text-base";

interface FieldProps {
  label: string;
  /** Said below the input, and read with it. */
  hint?: string;
  error?: string;
  /** Keeps the label for screen readers alone. */
  quiet?: boolean;
  className?: string;
}

function Field({
  label,
  hint,
  error,
  quiet,
  className = "",
  children,
}: FieldProps & { children: (ids: ReturnType<typeof aria> & { id: string }) => ReactNode }) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={quiet ? "sr-only" : "mb-1 block text-sm font-medium"}>
        {label}
      </label>
      {children({ id, ...aria(id, hint, error) })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

function aria(id: string, hint?: string, error?: string) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}

export function TextField({
  label,
  hint,
  error,
  quiet,
  className,
  ...input
}: FieldProps & ComponentProps<"input">) {
  return (
    <Field {...{ label, hint, error, quiet, className }}>
      {(ids) => <input className={box} {...input} {...ids} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  quiet,
  className,
  ...input
}: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, hint, error, quiet, className }}>
      {(ids) => <textarea className={`${box} min-h-24`} {...input} {...ids} />}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  error,
  quiet,
  className,
  ...input
}: FieldProps & ComponentProps<"select">) {
  return (
    <Field {...{ label, hint, error, quiet, className }}>
      {(ids) => <select className={box} {...input} {...ids} />}
    </Field>
  );
}
