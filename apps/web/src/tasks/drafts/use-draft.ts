import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useEffect,
  useRef,
  useState,
} from "react";
import { useUserId } from "../../trpc/provider.tsx";
import { draftKey } from "./drafts.ts";
import { holdName, ifUnused } from "./locks.ts";
import { pageDrafts } from "./page-drafts.ts";

/** Where this page keeps a field, for as long as it lives: so no two pages write to one place. */
const placesOfThisPage = new Map<string, string>();

function placeOf(userId: string, name: string): string {
  const prefix = draftKey(userId, `${name}.`);
  const place = placesOfThisPage.get(prefix) ?? prefix + Math.random().toString(36).slice(2);
  if (!placesOfThisPage.has(prefix)) holdName(place);
  placesOfThisPage.set(prefix, place);
  return place;
}

/**
 * The text of a field, which is kept while there is any. It begins with what was typed into the field before
 * this script was there, or else with what this page has left, or one that is no longer there.
 */
export function useDraft(
  name: string,
  field: RefObject<HTMLInputElement | null>,
): [string, Dispatch<SetStateAction<string>>] {
  const userId = useUserId();
  const [text, setText] = useState("");
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });

  useEffect(() => {
    const drafts = pageDrafts();
    const place = placeOf(userId, name);
    const close = drafts.open(place);
    const begin = (now: string) => {
      latest.current = now;
      setText(now);
    };
    if (latest.current === "") begin(field.current?.value ?? "");
    /** Unless something has been typed meanwhile: then it stays for the next page. */
    const take = (key: string) => {
      const left = drafts.read(key);
      if (typeof left !== "string" || latest.current !== "") return;
      begin(left);
      drafts.write(place, left);
      if (key !== place) drafts.drop(key);
    };
    take(place);
    for (const key of drafts.keysOf(userId)) {
      const isOther = key !== place && key.startsWith(draftKey(userId, `${name}.`));
      if (isOther) void ifUnused(key, () => take(key));
    }
    return close;
  }, [userId, name, field]);

  useEffect(() => {
    const place = placeOf(userId, name);
    if (text !== "") pageDrafts().write(place, text);
    else if (latest.current === "") pageDrafts().drop(place);
  }, [text, userId, name]);

  return [text, setText];
}
