import { type ComponentProps, type ReactNode, useId } from "react";

const box =
  "w-full min-h-11 rounded-control border border-edge bg-surface px-3 py-2 text-base placeholder:text-muted aria-invalid:border-danger";

interface FieldProps {
  label: string;
  /** Said below the input, and read with it. */
  hint?: string | undefined;
  error?: string | undefined;
  className?: string;
}

interface FrameProps extends FieldProps {
  children: (input: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
  }) => ReactNode;
}

function Frame({ label, hint, error, className = "", children }: FrameProps) {
  const id = useId();
  const notes = [
    { id: `${id}-error`, text: error, look: "text-danger", role: "alert" },
    { id: `${id}-hint`, text: hint, look: "text-muted", role: undefined },
  ].filter(({ text }) => text);
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": notes.map((note) => note.id).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {notes.map((note) => (
        <p
          key={note.id}
          id={note.id}
          role={note.role}
          className={`mt-1 text-sm wrap-anywhere ${note.look}`}
        >
          {note.text}
        </p>
      ))}
    </div>
  );
}

type With<Tag extends "input" | "textarea" | "select"> = FieldProps & ComponentProps<Tag>;

export function TextField({ label, hint, error, className, ...input }: With<"input">) {
  return (
    <Frame {...{ label, hint, error, className }}>
      {(aria) => <input className={box} {...input} {...aria} />}
    </Frame>
  );
}

export function TextArea({ label, hint, error, className, ...input }: With<"textarea">) {
  return (
    <Frame {...{ label, hint, error, className }}>
      {(aria) => <textarea className={`${box} min-h-24`} {...input} {...aria} />}
    </Frame>
  );
}

export function SelectField({ label, hint, error, className, ...input }: With<"select">) {
  return (
    <Frame {...{ label, hint, error, className }}>
      {(aria) => <select className={box} {...input} {...aria} />}
    </Frame>
  );
}
