"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import { rememberTimeZone } from "../preferences/remember.ts";
import { type Day, dayIn } from "./model/days.ts";

interface ViewerTime {
  today: Day;
  /** Undefined: the runtime's own. */
  timeZone: string | undefined;
}

const TimeContext = createContext<ViewerTime>({ today: "1970-01-01", timeZone: undefined });

/** Which day it is for the viewer; it changes at their midnight. */
export const useToday = (): Day => useContext(TimeContext).today;

/** Where the viewer is. */
export const useTimeZone = (): string | undefined => useContext(TimeContext).timeZone;

interface TodayProviderProps {
  /** The day as the server knew it, by the time zone it was told last. */
  serverDay: Day;
  serverTimeZone: string;
  children: ReactNode;
}

export function TodayProvider({ serverDay, serverTimeZone, children }: TodayProviderProps) {
  useEffect(rememberTimeZone, []);
  const today = useSyncExternalStore(everyMinute, localDay, () => serverDay);
  const timeZone = useSyncExternalStore(never, local, () => serverTimeZone);
  const time = useMemo(() => ({ today, timeZone }), [today, timeZone]);
  return <TimeContext value={time}>{children}</TimeContext>;
}

const local = () => undefined;
const never = () => () => {};

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
