"use client";

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";
import { rememberTimeZone } from "../preferences/remember.ts";
import { type Day, dayIn } from "./model/days.ts";

const TodayContext = createContext<Day>("1970-01-01");

/** Which day it is for the viewer; it changes at their midnight. */
export const useToday = (): Day => useContext(TodayContext);

interface TodayProviderProps {
  /** The day as the server knew it, by the time zone it was told last. */
  serverDay: Day;
  children: ReactNode;
}

export function TodayProvider({ serverDay, children }: TodayProviderProps) {
  useEffect(rememberTimeZone, []);
  const day = useSyncExternalStore(everyMinute, localDay, () => serverDay);
  return <TodayContext value={day}>{children}</TodayContext>;
}

const localDay = () => dayIn(undefined, new Date());

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, 60_000);
  // A laptop that was closed overnight.
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}
