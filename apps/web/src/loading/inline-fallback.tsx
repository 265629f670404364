"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { LoadingNote } from "./part-dialog.tsx";
import { PartTrouble, troubleTitles } from "./part-trouble.tsx";
import type { PartState } from "./use-part.ts";

interface InlineFallbackProps extends PartState {
  /** What the part is about. */
  title: string;
  onClose: () => void;
}

/** In the place of a part that stands among others. It has the focus that the part will have. */
export function InlineFallback({ title, failure, retry, onClose }: InlineFallbackProps) {
  const t = useT();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Escape") onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape does what its last button does.
    <div ref={place} tabIndex={-1} onKeyDown={onKeyDown} className="outline-none">
      <p dir="auto" className="mb-1 font-medium wrap-anywhere">
        {title}
      </p>
      {failure ? (
        <div role="alert">
          <p className="text-sm font-medium">{t(troubleTitles[failure])}</p>
          <PartTrouble failure={failure} retry={retry}>
            <Button onClick={onClose}>{t("dialog.close")}</Button>
          </PartTrouble>
        </div>
      ) : (
        <LoadingNote />
      )}
    </div>
  );
}
