"use client";

import { MAX_SEARCH_LENGTH } from "@taskbridge/contract/rules";
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "../components/button.tsx";
import { useT } from "../strings/provider.tsx";
import { useView } from "./use-view.ts";

/** How long nobody has to type before the server is asked. */
const PAUSE_MS = 150;

/** Finds as one types; the address follows. */
export function SearchBox() {
  const t = useT();
  const { state, show } = useView();
  const [text, setText] = useState(state.q);
  const sent = useRef(state.q);
  const input = useRef<HTMLInputElement>(null);
  // Typed before the script was here.
  useEffect(() => {
    if (input.current?.value) setText(input.current.value);
  }, []);

  // The way back, or another list: the address has the say.
  useEffect(() => {
    if (state.q === sent.current) return;
    sent.current = state.q;
    setText(state.q);
  }, [state.q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      show({ q: text }, { typed: true });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, show]);

  return (
    <search className="relative flex-1 sm:max-w-72">
      <Search
        aria-hidden
        size={18}
        className="pointer-events-none absolute start-3 top-3.5 text-muted"
      />
      <input
        ref={input}
        id="search"
        type="search"
        aria-label={t("filter.search")}
        placeholder={t("filter.search")}
        value={text}
        maxLength={MAX_SEARCH_LENGTH}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            if (text) setText("");
            else event.currentTarget.blur();
          }
        }}
        dir="auto"
        className="min-h-11 w-full appearance-none rounded-control border border-edge bg-surface ps-10 pe-11 text-base placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
      />
      {text && (
        <IconButton
          label={t("filter.clearSearch")}
          className="absolute end-0 top-0 text-muted"
          onClick={() => {
            setText("");
            document.getElementById("search")?.focus();
          }}
        >
          <X aria-hidden size={18} />
        </IconButton>
      )}
    </search>
  );
}
