import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { languageNames, languages, themes } from "../preferences/preferences.ts";
import { hasCharacterKeys, rememberLanguage, rememberTheme } from "../preferences/remember.ts";
import { useStrings } from "../strings/provider.tsx";
import type { Translate } from "../strings/translate.ts";
import { keyOf, type Shortcut } from "./model/shortcuts.ts";
import { plainView, views } from "./model/view.ts";
import { focusQuickAdd, focusSearch } from "./rows-focus.ts";
import { useCounts } from "./use-counts.ts";
import type { Selection } from "./use-selection.ts";
import type { TaskActions } from "./use-task-actions.ts";
import { useView } from "./use-view.ts";
import { openPrintView } from "./views/use-printing.ts";

export interface Command {
  id: string;
  label: string;
  /** The key that does the same. */
  shortcut?: Shortcut;
  run: () => void;
}

export type OpenDialog = "palette" | "keys" | "import" | "export" | "views";

interface Options {
  actions: TaskActions;
  selection: Selection;
  open: (dialog: OpenDialog) => void;
}

/** Everything that can be done on the page and is not about one task. */
export function useCommands({ actions, selection, open }: Options): Command[] {
  const { t } = useStrings();
  const { show } = useView();
  const counts = useCounts();
  const router = useRouter();

  // Among what is deleted nothing is written or searched: then the open tasks are meant.
  const wanted = useRef<() => boolean>(null);
  useEffect(() => {
    if (wanted.current?.()) wanted.current = null;
  });

  return useMemo(() => {
    const reach = (focus: () => boolean) => () => {
      if (focus()) return;
      wanted.current = focus;
      show({ ...plainView, view: "open" });
    };
    const shortcut = (name: Shortcut, run: () => void): Command => ({
      id: name,
      label: t(`keys.${name}`),
      shortcut: name,
      run,
    });
    return [
      shortcut("create", reach(focusQuickAdd)),
      shortcut("search", reach(focusSearch)),
      ...views.map((view) => ({
        id: `view-${view}`,
        label: t("palette.go", { view: t(`view.${view}`) }),
        run: () => show({ ...plainView, view }),
      })),
      ...(counts?.tags ?? []).map(({ tag }) => ({
        id: `tag-${tag}`,
        label: t("palette.tag", { tag }),
        run: () => show({ ...plainView, view: "open", tag }),
      })),
      shortcut("undo", actions.undo),
      shortcut("selectAll", selection.all),
      { id: "select", label: t("bulk.begin"), run: selection.begin },
      ...(counts?.completed
        ? [{ id: "clearCompleted", label: t("bulk.clearCompleted"), run: actions.clearCompleted }]
        : []),
      { id: "export", label: t("transfer.export"), run: () => open("export") },
      { id: "import", label: t("transfer.import"), run: () => open("import") },
      shortcut("print", openPrintView),
      { ...shortcut("help", () => open("keys")), label: t("keys.title") },
      ...themes.map((theme) => ({
        id: `theme-${theme}`,
        label: t("palette.theme", { theme: t(`account.theme.${theme}`) }),
        run: () => rememberTheme(theme),
      })),
      ...languages.map((language) => ({
        id: `language-${language}`,
        label: t("palette.language", { language: languageNames[language] }),
        run: () => {
          rememberLanguage(language);
          router.refresh();
        },
      })),
    ];
  }, [t, show, counts, router, actions, selection, open]);
}

/** A key as it is written on a keyboard where this language is spoken; undefined where there is none. */
export function writeKey(shortcut: Shortcut, t: Translate): string | undefined {
  const key = keyOf(shortcut, hasCharacterKeys());
  if (!key) return undefined;
  if (key === "arrowdown") return "↓";
  if (key === "arrowup") return "↑";
  if (key === "space" || key === "delete" || key === "escape" || key === "enter") {
    return t(`key.${key}`);
  }
  const apple = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.platform);
  return key.replace("mod+", apple ? "⌘" : `${t("key.control")}+`).replace(/\w$/, upper);
}

const upper = (letter: string) => letter.toUpperCase();
