import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
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
 * State that is kept while it is other than `empty`, which is the same value each time. It begins with what
 * this page has left, or one that is no longer there.
 */
export function useDraft<Value>(
  name: string,
  empty: Value,
): [Value, Dispatch<SetStateAction<Value>>] {
  const userId = useUserId();
  const [value, setValue] = useState(empty);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });

  useEffect(() => {
    const drafts = pageDrafts();
    const place = placeOf(userId, name);
    const close = drafts.open(place);
    /** Unless something has been typed meanwhile: then it stays for the next page. */
    const take = (key: string) => {
      const left = drafts.read(key) as Value | undefined;
      if (left === undefined || latest.current !== empty) return;
      latest.current = left;
      setValue(left);
      drafts.write(place, left);
      if (key !== place) drafts.drop(key);
    };
    take(place);
    for (const key of drafts.keysOf(userId)) {
      const isOther = key !== place && key.startsWith(draftKey(userId, `${name}.`));
      if (isOther) void ifUnused(key, () => take(key));
    }
    return close;
  }, [userId, name, empty]);

  useEffect(() => {
    const place = placeOf(userId, name);
    if (value !== empty) pageDrafts().write(place, value);
    else if (latest.current === empty) pageDrafts().drop(place);
  }, [value, userId, name, empty]);

  return [value, setValue];
}
