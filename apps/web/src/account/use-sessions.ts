import { useQuery } from "@tanstack/react-query";
import { authClient } from "../auth-client.ts";
import { ask } from "../forms/refusal.ts";
import { askSession, unlessOver } from "./attempt.ts";

export interface OwnSession {
  id: string;
  /** What Better Auth ends it by; worth nothing without the signature in its cookie. */
  token: string;
  userAgent: string | undefined;
  begun: Date;
  used: Date;
  isThis: boolean;
}

export const sessionsKey = ["account", "sessions"];

/** The sessions of the page's user, this one first, then by their last use. */
export const useSessions = (userId: string) =>
  useQuery({ queryKey: sessionsKey, queryFn: () => fetchSessions(userId) });

async function fetchSessions(userId: string): Promise<OwnSession[]> {
  const [current, all] = await Promise.all([
    askSession(userId),
    ask(authClient.listSessions()).then(unlessOver),
  ]);
  if (!current.data || all.problem) throw new Error("The server did not list the sessions.");
  const { id } = current.data.session;
  return (all.data ?? [])
    .map((session) => ({
      id: session.id,
      token: session.token,
      userAgent: session.userAgent ?? undefined,
      begun: new Date(session.createdAt),
      used: new Date(session.updatedAt),
      isThis: session.id === id,
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis) || +b.used - +a.used);
}
