"use client";

import { Hash } from "lucide-react";
import type { ReactNode } from "react";
import { useStrings } from "../strings/provider.tsx";
import { totalIn } from "./model/counting.ts";
import { plainView, type View, views } from "./model/view.ts";
import { useCounts } from "./use-counts.ts";
import { useView } from "./use-view.ts";
import { viewIcons } from "./view-icons.ts";

/** The lists, and the tags; how many tasks each has, where that is known. */
export function ViewNav({ onChosen }: { onChosen?: () => void }) {
  const { t } = useStrings();
  const { state, show } = useView();
  const counts = useCounts();
  const tags = counts?.tags.filter(({ open, tag }) => open > 0 || tag === state.tag) ?? [];
  const go = (view: View, tag: string | null) => {
    show({ ...plainView, view, tag });
    onChosen?.();
  };

  return (
    <nav aria-label={t("nav.views")}>
      <ul>
        {views.map((view) => {
          const Icon = viewIcons[view];
          return (
            <NavItem
              key={view}
              href={view === "open" ? "/tasks" : `/tasks?view=${view}`}
              current={state.view === view && !state.tag}
              count={view === "all" ? undefined : counts && totalIn(counts, view)}
              urgent={view === "overdue"}
              icon={<Icon aria-hidden size={18} className="shrink-0" />}
              onGo={() => go(view, null)}
            >
              {t(`view.${view}`)}
            </NavItem>
          );
        })}
      </ul>
      {tags.length > 0 && (
        <>
          <h2 className="px-3 pt-5 pb-1 text-sm text-muted">{t("nav.tags")}</h2>
          <ul>
            {tags.map(({ tag, open }) => (
              <NavItem
                key={tag}
                href={`/tasks?tag=${encodeURIComponent(tag)}`}
                current={state.tag === tag}
                count={open}
                icon={<Hash aria-hidden size={18} className="shrink-0 text-muted" />}
                onGo={() => go("open", tag)}
              >
                {tag}
              </NavItem>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

interface NavItemProps {
  href: string;
  current: boolean;
  count: number | undefined;
  urgent?: boolean;
  icon: ReactNode;
  onGo: () => void;
  children: string;
}

/** A link, so that it can be opened beside; pressed plainly it changes the page at once. */
function NavItem({ href, current, count, urgent, icon, onGo, children }: NavItemProps) {
  const { locale } = useStrings();
  return (
    <li>
      <a
        href={href}
        aria-current={current ? "page" : undefined}
        className="flex min-h-11 items-center gap-3 rounded-control px-3 hover:bg-calm aria-[current]:bg-chosen aria-[current]:font-medium aria-[current]:text-accent"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          onGo();
        }}
      >
        {icon}
        <span dir="auto" className="min-w-0 flex-1 truncate text-left">
          {children}
        </span>
        {count !== undefined && count > 0 && (
          <span
            className={`text-sm tabular-nums ${urgent ? "text-danger" : "text-muted"}`}
            suppressHydrationWarning
          >
            {count.toLocaleString(locale)}
          </span>
        )}
      </a>
    </li>
  );
}
