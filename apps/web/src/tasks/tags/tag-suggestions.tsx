import { useT } from "../../strings/provider.tsx";

interface TagSuggestionsProps {
  id: string;
  tags: readonly string[];
  active: number;
  onTake: (tag: string) => void;
}

/** In the flow of the page, so that no row of the list is in front of it. */
export function TagSuggestions({ id, tags, active, onTake }: TagSuggestionsProps) {
  const t = useT();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("tags.suggestions")}
      className="mt-1 flex flex-wrap gap-1.5"
    >
      {tags.map((tag, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: its input has the focus and the keys.
        <div
          key={tag}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          dir="auto"
          className="flex min-h-11 max-w-full items-center rounded-full border border-line bg-surface px-3 text-sm wrap-anywhere hover:bg-calm aria-selected:border-accent aria-selected:bg-chosen aria-selected:text-accent"
          // The input keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(tag)}
        >
          #{tag}
        </div>
      ))}
    </div>
  );
}
