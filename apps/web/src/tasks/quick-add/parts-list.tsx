import { X } from "lucide-react";
import { useT } from "../../strings/provider.tsx";
import type { Part } from "./understand.ts";

interface PartsListProps {
  line: string;
  parts: readonly Part[];
  nameOf: (part: Part) => string;
  onIgnore: (words: string) => void;
}

/** What of the line is understood, each of which can be taken as words. */
export function PartsList({ line, parts, nameOf, onIgnore }: PartsListProps) {
  const t = useT();
  return (
    <ul aria-label={t("quickAdd.understood")} className="mt-1 flex flex-wrap gap-1.5">
      {parts.map((part) => {
        const words = line.slice(part.from, part.to);
        return (
          <li
            key={`${part.kind}-${part.from}`}
            className="flex items-center rounded-full bg-chosen ps-3 text-sm text-accent"
          >
            <span dir="auto" className="wrap-anywhere">
              {nameOf(part)}
            </span>
            <button
              type="button"
              aria-label={t("quickAdd.ignore", { words })}
              className="grid size-11 place-items-center rounded-full"
              onClick={() => onIgnore(words)}
            >
              <X aria-hidden size={16} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
