/** A task in a sentence: titles can be long. */
export const nameOf = ({ title }: { title: string }) =>
  [...title].length > 60 ? `${[...title].slice(0, 59).join("")}…` : title;
