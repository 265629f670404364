import type { ReactNode } from "react";
import { Announcer } from "../components/announcer.tsx";
import { ToastProvider } from "../components/toast.tsx";
import { Wordmark } from "../components/wordmark.tsx";
import type { Theme } from "../preferences/preferences.ts";
import type { Translate } from "../strings/translate.ts";
import { OutboxProvider } from "../tasks/outbox/provider.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { SkipLink } from "./skip-link.tsx";

interface AppShellProps {
  userId: string;
  name: string;
  theme: Theme;
  t: Translate;
  /** Whether the page came without the server. */
  outOfReach?: boolean;
  children: ReactNode;
}

/** What is around every page of somebody who is signed in. A page brings its own `main`. */
export function AppShell({ userId, name, theme, t, outOfReach = false, children }: AppShellProps) {
  return (
    <Announcer>
      <ToastProvider>
        <OutboxProvider userId={userId} outOfReach={outOfReach}>
          <SkipLink>{t("app.skip")}</SkipLink>
          <header className="border-b border-line bg-surface print:hidden">
            <div className="mx-auto flex h-14 max-w-6xl items-center justify-between gap-3 px-3 sm:px-5">
              <a href="/tasks" className="flex min-h-11 items-center rounded-control pe-2">
                <Wordmark />
              </a>
              <AccountMenu name={name} theme={theme} />
            </div>
          </header>
          {children}
        </OutboxProvider>
      </ToastProvider>
    </Announcer>
  );
}
