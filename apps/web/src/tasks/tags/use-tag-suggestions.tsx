import { type KeyboardEvent, type SyntheticEvent, useId, useMemo, useState } from "react";
import { useT } from "../../strings/provider.tsx";
import { useCounts } from "../use-counts.ts";
import { suggestTags, type TagPlace } from "./tag-at.ts";
import { TagSuggestions } from "./tag-suggestions.tsx";

type PlaceOf = (text: string, caret: number) => TagPlace | undefined;

/**
 * Known tags for the one that is being written in an input, as a combobox has them: the arrows choose, Enter
 * and Tab take what is chosen, Escape closes. While there are none, the input is a plain one.
 */
export function useTagSuggestions(placeOf: PlaceOf) {
  const t = useT();
  const counts = useCounts();
  const id = useId();
  const [input, setInput] = useState<HTMLInputElement>();
  const [place, setPlace] = useState<TagPlace>();
  const [active, setActive] = useState(-1);
  const tags = useMemo(() => {
    const known = [...(counts?.tags ?? [])].sort((a, b) => b.open - a.open);
    return place
      ? suggestTags(
          place,
          known.map(({ tag }) => tag),
        )
      : [];
  }, [place, counts]);
  const isOpen = tags.length > 0;

  function look({ currentTarget }: SyntheticEvent<HTMLInputElement>) {
    const { value, selectionStart, selectionEnd } = currentTarget;
    setInput(currentTarget);
    setActive(-1);
    setPlace(
      selectionStart !== null && selectionStart === selectionEnd
        ? placeOf(value, selectionStart)
        : undefined,
    );
  }
  function take(tag: string) {
    if (!place || !input) return;
    input.focus();
    input.setRangeText(place.write(tag), place.from, place.to, "end");
    // So that whoever listens to the input knows.
    input.dispatchEvent(new Event("input", { bubbles: true }));
    setPlace(undefined);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!isOpen) return;
    const chosen = tags[active];
    if (event.key === "ArrowDown") setActive((active + 1) % tags.length);
    else if (event.key === "ArrowUp") setActive(active <= 0 ? tags.length - 1 : active - 1);
    else if (event.key === "Escape") setPlace(undefined);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    /** For the input. */
    input: {
      onInput: look,
      onSelect: look,
      onKeyDown,
      onBlurCapture: () => setPlace(undefined),
      ...(isOpen &&
        ({
          role: "combobox",
          "aria-autocomplete": "list",
          "aria-expanded": true,
          "aria-controls": id,
          "aria-activedescendant": active < 0 ? undefined : `${id}-${active}`,
        } as const)),
    },
    /** To stand below it. */
    list: (
      <>
        <p role="status" className="sr-only">
          {isOpen && t("tags.suggested", { count: tags.length })}
        </p>
        {isOpen && <TagSuggestions id={id} tags={tags} active={active} onTake={take} />}
      </>
    ),
  };
}
