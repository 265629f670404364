"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../components/button.tsx";
import { useHydrated } from "../components/use-hydrated.ts";
import { Wordmark } from "../components/wordmark.tsx";
import type { Theme } from "../preferences/preferences.ts";
import { AppShell } from "../shell/app-shell.tsx";
import { useT } from "../strings/provider.tsx";
import { recall } from "../tasks/known-cache.ts";
import { type Day, dayIn } from "../tasks/model/days.ts";
import { TaskPage } from "../tasks/task-page.tsx";
import { TaskSkeleton } from "../tasks/task-skeleton.tsx";
import { TrpcProvider } from "../trpc/provider.tsx";
import { type KeptTasks, readKept } from "./kept-tasks.ts";
import { OfflineReady } from "./offline-ready.tsx";

interface OfflinePageProps {
  serverDay: Day;
  serverTimeZone: string;
  theme: Theme;
  worker: string | null;
}

/** The task page of whoever was signed in last, made of what this browser has kept. */
export function OfflinePage(props: OfflinePageProps) {
  const hydrated = useHydrated();
  if (hydrated) return <Kept {...props} />;
  return (
    <Bare>
      <TaskSkeleton />
    </Bare>
  );
}

function Kept({ theme, worker, ...time }: OfflinePageProps) {
  const t = useT();
  const [kept] = useState(() => readKept());
  useEffect(() => {
    // Asked for by its own name, by somebody who has a network.
    if (window.location.pathname === "/offline") window.location.replace("/tasks");
  }, []);
  if (!kept) return <Nothing />;
  const { userId, name } = kept;
  return (
    <TrpcProvider userId={userId}>
      <OfflineReady {...{ worker, userId, name }} />
      <Recalled kept={kept}>
        <AppShell {...{ userId, name, theme, t }} outOfReach>
          <TaskPage {...time} first={nothingRead} />
        </AppShell>
      </Recalled>
    </TrpcProvider>
  );
}

const nothingRead = { queries: [], mutations: [] };

function Recalled({ kept, children }: { kept: KeptTasks; children: ReactNode }) {
  const queryClient = useQueryClient();
  // Before anything is drawn.
  useState(() => recall(queryClient, kept, dayIn(undefined, new Date())));
  return children;
}

const reload = () => window.location.reload();

function Nothing() {
  const t = useT();
  useEffect(() => {
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, []);
  return (
    <Bare>
      <h1 className="text-2xl font-semibold">{t("offline.title")}</h1>
      <p className="mt-2 mb-5 text-muted">{t("offline.nothing")}</p>
      <Button onClick={reload}>{t("error.retry")}</Button>
    </Bare>
  );
}

function Bare({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex h-14 max-w-6xl items-center px-3 sm:px-5">
          <Wordmark />
        </div>
      </header>
      <main className="mx-auto max-w-2xl px-3 py-10 sm:px-5">{children}</main>
    </>
  );
}
