// What pages go by without the schemas, which are many times as long: nothing here needs zod.

/** From the least urgent to the most. */
export const priorities = ["none", "low", "medium", "high"] as const;
export type Priority = (typeof priorities)[number];

/** What a list can be sorted by, and in which direction. */
export const taskSorts = ["created", "due", "priority", "title"] as const;
export type TaskSort = (typeof taskSorts)[number];
export const sortOrders = ["asc", "desc"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** The direction where none is asked for. */
export const defaultOrder = (sort: TaskSort): SortOrder =>
  sort === "due" || sort === "title" ? "asc" : "desc";

/** Lengths in characters, which are code points. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_TAG_LENGTH = 50;
export const MAX_TAGS = 20;
export const MAX_SEARCH_LENGTH = 200;

/** A text's letters without case or accents: how tasks are searched and sorted by title, everywhere alike. */
export const fold = (text: string) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** What a search asks for: each of these, folded, somewhere in the folded text. */
export const wordsOf = (typed: string) => [...new Set(fold(typed).split(/\s+/).filter(Boolean))];

/** Whether a text has all words of a search. */
export function hasWords(text: string, typed: string): boolean {
  const folded = fold(text);
  return wordsOf(typed).every((word) => folded.includes(word));
}
