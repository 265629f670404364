import { readFile } from "node:fs/promises";

export interface Fence {
  /** What stands behind the backticks. */
  language: string;
  text: string;
}

/** The fenced blocks of a document, in their order. */
export async function fencesOf(document: string): Promise<Fence[]> {
  const text = await readFile(new URL(`../../${document}`, import.meta.url), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** What a document says is printed, as a pattern: `…` stands for anything within a line. */
export function asPrinted(text: string): RegExp {
  const parts = text.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^\\n]*")}$`);
}
