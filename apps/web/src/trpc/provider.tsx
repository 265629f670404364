"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { notePasswordUnanswered } from "../account/password-unanswered.ts";
import { useWhenIdle } from "../components/lazy-part.tsx";
import { holdPage, releasePage } from "../forms/hold-page.ts";
import { forgetAllFields } from "../forms/kept-fields.ts";
import { forgetKept } from "../offline/kept-tasks.ts";
import { signInAt } from "../page-address.ts";
import { openSessionChannel, type SessionChannel } from "../session-channel.ts";
import { noteSignedIn, noteSignedOut } from "../shell/signed-in-user.ts";
import { loadForAnother, takeTab } from "../shell/tab-user.ts";
import { forgetDrafts, forgetOwnDrafts } from "../tasks/drafts/page-drafts.ts";
import { createAccessTokenSource, fetchAccessToken, userOf } from "./access-token.ts";
import { createClient, createQueryClient, trpc } from "./client.ts";

interface SessionControl {
  /**
   * The user has signed out: leaves nothing of theirs here, or of their drafts those that are not `lost`, tells
   * the other tabs, and loads another page in the place of this one.
   */
  leave: (to: string, lost?: ReadonlySet<string>) => void;
  /** Resolves once the server has said that this user's session goes on. */
  confirm: () => Promise<unknown>;
  /** The session goes on under another id: its token is worth nothing any more, in no tab. */
  renew: () => void;
}

const SessionContext = createContext<SessionControl>({
  leave: () => {},
  confirm: () => new Promise(() => {}),
  renew: () => {},
});

export const useSessionControl = () => useContext(SessionContext);

const UserContext = createContext("");

/** Whose page this is. */
export const useUserId = () => useContext(UserContext);

interface TrpcProviderProps {
  /** Whose page this is. */
  userId: string;
  children: ReactNode;
}

export function TrpcProvider({ userId, children }: TrpcProviderProps) {
  const [tokens] = useState(() =>
    createAccessTokenSource({ fetchToken: () => fetchTokenOf(userId) }),
  );
  const [queryClient] = useState(() => createQueryClient(toSignIn));
  const [client] = useState(() => createClient(tokens));
  const channel = useRef<SessionChannel>(null);
  const [control] = useState<SessionControl>(() => ({
    leave: (to, lost) => {
      tokens.clear();
      queryClient.clear();
      noteSignedOut(userId);
      forgetDrafts(userId, lost);
      forgetForms();
      forgetKept();
      channel.current?.tell("ended");
      leaving = true;
      // A full load, so that nothing else of this person stays in memory either.
      window.location.replace(to);
    },
    confirm: tokens.get,
    renew: () => {
      tokens.clear();
      channel.current?.tell("renewed");
    },
  }));

  // A session goes on for as long as tokens are fetched, and a page that has all from the server would
  // fetch none. What goes wrong here goes wrong again, and is told, when one is needed.
  useWhenIdle(() => void tokens.get().catch(() => {}));

  useEffect(() => {
    const opened = openSessionChannel(userId, (news) => {
      tokens.clear();
      if (news === "renewed") return;
      queryClient.clear();
      // Not what the browser keeps: the tab that tells has removed it, however long ago. What is there by
      // now was typed since.
      forgetOwnDrafts();
      forgetForms();
      goToSignIn();
    });
    channel.current = opened;
    return opened.close;
  }, [tokens, queryClient, userId]);

  useEffect(() => {
    noteSignedIn(userId);
    notePasswordUnanswered(false);
    if (takeTab(userId) && window.location.search) loadForAnother();
  }, [userId]);
  useEffect(() => {
    // Brought back from the browser's memory, by somebody who may not be the same: ask the server.
    const askAgain = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener("pageshow", askAgain);
    return () => window.removeEventListener("pageshow", askAgain);
  }, []);

  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <UserContext value={userId}>
          <SessionContext value={control}>{children}</SessionContext>
        </UserContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}

/** Nobody is asked any more whether the page may go. */
function forgetForms() {
  forgetAllFields();
  releasePage();
}

/**
 * The token of this page's user. Where somebody else has signed in meanwhile, in another tab, the
 * page is loaded anew: one person's tasks must not appear under another's name.
 */
async function fetchTokenOf(userId: string): Promise<string> {
  const token = await fetchAccessToken();
  if (userOf(token) === userId) return token;
  forgetKept(userId);
  loadForAnother();
  throw new Error("Somebody else is signed in now.");
}

/** Whether `leave` is loading another page: what still fails on this one must not lead elsewhere. */
let leaving = false;

/** A full load of the sign-in page: nothing of the last session stays in memory, or is kept. */
export function toSignIn() {
  if (leaving) return;
  forgetKept();
  // What was typed as a new password can be sent by nobody any more.
  holdPage("password", false);
  goToSignIn();
}

function goToSignIn() {
  if (leaving) return;
  window.location.assign(signInAt(window.location.pathname + window.location.search));
}
