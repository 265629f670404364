import type { ComponentProps } from "react";
import { TextField } from "../../components/field.tsx";
import { listedTagAt } from "./tag-at.ts";
import { useTagSuggestions } from "./use-tag-suggestions.tsx";

/** Tags with commas between them, and the known ones that fit what is being written. */
export function TagsField({ className, ...field }: ComponentProps<typeof TextField>) {
  const suggestions = useTagSuggestions(listedTagAt);
  return (
    <div className={className}>
      <TextField {...field} {...suggestions.input} />
      {suggestions.list}
    </div>
  );
}
