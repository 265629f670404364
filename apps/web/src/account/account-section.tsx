import { type ReactNode, type Ref, useId } from "react";

interface AccountSectionProps {
  title: string;
  text?: string;
  /** For what gives it the focus when something in the section is gone. */
  heading?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

export function AccountSection({ title, text, heading, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="rounded-card border border-line bg-surface p-4 shadow-xs sm:p-6"
    >
      <h2 id={id} ref={heading} tabIndex={-1} className="mb-3 text-lg font-semibold">
        {title}
      </h2>
      {text && <p className="mb-4 text-sm text-muted">{text}</p>}
      {children}
    </section>
  );
}
