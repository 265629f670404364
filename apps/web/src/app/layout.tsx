import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Taskbridge", template: "%s · Taskbridge" },
  description: "Your tasks, and nobody else's.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered for its request, because its scripts carry the nonce of that one's policy.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
