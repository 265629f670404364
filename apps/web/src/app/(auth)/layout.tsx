import Link from "next/link";
import type { ReactNode } from "react";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center p-4">
      <p className="mb-4 text-center text-lg font-semibold text-accent">Taskbridge</p>
      <div className="rounded-2xl border border-line bg-surface p-6 shadow-sm sm:p-8">
        {children}
      </div>
      <p className="mt-4 text-center text-sm">
        <Link className="text-accent underline" href="/docs">
          API reference
        </Link>
      </p>
    </main>
  );
}
