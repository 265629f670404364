"use client";

import "./globals.css";
import PageError from "./error.tsx";

/** Where the root layout itself failed, and cannot be around the message. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Taskbridge</title>
        <PageError reset={reset} />
      </body>
    </html>
  );
}
