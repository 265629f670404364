/** A task in a sentence: titles can be long. */
export const nameOf = ({ title }: { title: string }) =>
  [...title].length > 60 ? `${[...title].slice(0, 59).join("")}…` : title;

/** The message that offers to undo changes, by the first of them. */
export const undoToastOf = (change: { id: string } | undefined) => change && `undo-${change.id}`;
