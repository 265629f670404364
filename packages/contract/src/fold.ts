/** A text's letters without case or accents: how tasks are searched and sorted by title, everywhere alike. */
export const fold = (text: string) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
