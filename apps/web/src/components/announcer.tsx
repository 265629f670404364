"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Tells what changed to those who cannot see it. */
export const useAnnounce = () => useContext(AnnounceContext);

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", count: 0 });
  const [announce] = useState(
    () => (text: string) => setSaid(({ count }) => ({ text, count: count + 1 })),
  );
  return (
    <AnnounceContext value={announce}>
      {children}
      <p role="status" className="sr-only">
        {/* A new element each time, so that the same words twice are said twice. */}
        <span key={said.count}>{said.text}</span>
      </p>
    </AnnounceContext>
  );
}
