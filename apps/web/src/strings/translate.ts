import type { en } from "./en.ts";

/** A sentence with `{names}` for what goes into it; by number, where it counts something. */
export type Message = string | { one: string; other: string };
export type Key = keyof typeof en;
export type Dictionary = Record<Key, Message>;

type Longest<M> = M extends { other: infer Text } ? Text : M;
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Values<K extends Key> = Names<Longest<(typeof en)[K]>>;

/** The keys of the sentences that nothing goes into. */
export type PlainKey = { [K in Key]: [Values<K>] extends [never] ? K : never }[Key];

/** The sentence of a key in the viewer's language. */
export type Translate = <K extends Key>(
  key: K,
  ...values: [Values<K>] extends [never] ? [] : [Record<Values<K>, string | number>]
) => string;

/** Reads sentences from a dictionary; numbers are written as the locale writes them. */
export function createTranslate(dictionary: Dictionary, locale: string): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, ...[values]) => {
    const given: Record<string, string | number> = values ?? {};
    const message = dictionary[key];
    const text =
      typeof message === "string"
        ? message
        : message[plurals.select(Number(given.count)) === "one" ? "one" : "other"];
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = given[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? "");
    });
  };
}
