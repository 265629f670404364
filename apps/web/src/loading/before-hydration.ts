/** What React's side tells this one: `HydrationEnd` sends it to the document. */
export const HYDRATED = "taskbridge:hydrated";

/** The notices that the server draws hidden, and this script shows. */
export const WAITING_ID = "page-waiting";
export const FAILED_ID = "page-failed";

interface Names {
  hydrated: string;
  waiting: string;
  failed: string;
  /** The cookie that says "off" where somebody wants no shortcuts of single keys. */
  characterKeys: string;
}

/**
 * Stands in until React has taken the page over: asks again for files that failed, and repeats afterwards
 * what was pressed before. The page carries it as text, so it can refer to nothing outside itself.
 */
export function beforeHydration({ hydrated, waiting, failed, characterKeys }: Names): void {
  const RETRY_AFTER_MS = [300, 1_000, 3_000];
  const SAY_AFTER_MS = 400;
  const GIVE_UP_AFTER_MS = 15_000;
  const presses = new Map<Element | KeyboardEvent, () => void>();
  const tries = new Map<string, number>();
  let lacksStyle = false;
  const listening = new AbortController();
  const { signal } = listening;
  const first = { capture: true, signal };

  function show(id: string, shown = true) {
    const notice = document.getElementById(id);
    if (notice) notice.hidden = !shown;
    else document.addEventListener("DOMContentLoaded", () => show(id, shown), { once: true });
  }

  function sayFailed() {
    show(waiting, false);
    show(failed);
  }

  /** What this script adds to the page is trusted as it is itself: it must never be what somebody else put there. */
  const isOfTheBuild = (address: string) => /^\/_next\/static\/(?!.*\.\.)[\w./~-]+$/.test(address);

  function askAgain(file: HTMLScriptElement | HTMLLinkElement) {
    const next = document.createElement(file.localName) as typeof file;
    for (const { name, value } of file.attributes) next.setAttribute(name, value);
    next.nonce = file.nonce;
    file.replaceWith(next);
  }

  function onError(event: Event) {
    const { target: file } = event;
    const isStyle = file instanceof HTMLLinkElement && file.rel === "stylesheet";
    if (!isStyle && !(file instanceof HTMLScriptElement)) return;
    const address = file.getAttribute(isStyle ? "href" : "src");
    if (!address || !isOfTheBuild(address)) return;
    // What is loaded once the page works is its own to ask for again.
    if (signal.aborted && !tries.has(address)) return;
    // Otherwise the bundler's loader gives up after its second try, and React draws an error over the page.
    event.stopImmediatePropagation();
    const tried = tries.get(address) ?? 0;
    tries.set(address, tried + 1);
    if (tried < RETRY_AFTER_MS.length) {
      setTimeout(() => askAgain(file), RETRY_AFTER_MS[tried]);
      return;
    }
    sayFailed();
    lacksStyle ||= isStyle;
    tries.set(address, 0);
    window.addEventListener("online", () => askAgain(file), { once: true });
  }

  /** Whether it had failed before anybody listened. */
  function hasFailed(file: HTMLScriptElement | HTMLLinkElement): boolean {
    const address = file instanceof HTMLScriptElement ? file.src : file.href;
    const [fetched] = performance.getEntriesByName(address) as PerformanceResourceTiming[];
    return fetched !== undefined && (fetched.responseStatus >= 400 || !fetched.decodedBodySize);
  }

  function remember(by: Element | KeyboardEvent, repeat: () => void) {
    if (presses.has(by)) return;
    presses.set(by, repeat);
    if (by instanceof Element) by.setAttribute("aria-busy", "true");
    setTimeout(() => {
      const saysFailed = document.getElementById(failed)?.hidden === false;
      if (presses.size > 0 && !saysFailed) show(waiting);
    }, SAY_AFTER_MS);
  }

  function onClick(event: MouseEvent) {
    const control =
      event.target instanceof Element && event.target.closest("button, input[type=checkbox]");
    if (!control) return;
    // What follows, its form being sent, is remembered instead.
    if (control instanceof HTMLButtonElement && control.type === "submit" && control.form) return;
    event.stopImmediatePropagation();
    // The browser ticks a box at once; a second press takes the first one back.
    if (control instanceof HTMLInputElement && presses.delete(control)) {
      control.removeAttribute("aria-busy");
      return;
    }
    remember(control, () => control.dispatchEvent(new MouseEvent("click", event)));
  }

  function onSubmit(event: SubmitEvent) {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    remember(submitter ?? form, () => form.requestSubmit(submitter));
  }

  const hasCharacterKeys = () => !document.cookie.split("; ").includes(`${characterKeys}=off`);

  /** The keys of the task page. What is typed into a field is the browser's. */
  function onKeyDown(event: KeyboardEvent) {
    const { target, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(target instanceof Element) || altKey || event.isComposing) return;
    if (window.location.pathname !== "/tasks") return;
    const key = event.key.toLowerCase();
    const withControl = ctrlKey || metaKey;
    const typed = target.matches("textarea, select, input:not([type=checkbox])");
    const isShortcut = withControl
      ? !shiftKey && (key === "k" || (key === "z" && !typed))
      : !typed && (/^(delete|backspace)$/.test(key) || (/^\S$/.test(key) && hasCharacterKeys()));
    if (!isShortcut) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const field = { n: "quick-add", "/": "search" }[key];
    if (field && !withControl) {
      // What is typed next goes into it.
      document.getElementById(field)?.focus();
    } else if (!event.repeat) {
      remember(event, () => repeatKey(event, target));
    }
  }

  /** What had the focus when a key was repeated that has moved it from there. */
  let left: Element | undefined;

  function focusOn(element: Element) {
    const now = document.activeElement;
    if (now instanceof HTMLElement && now !== element) now.blur();
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  }

  /** A key is meant for what had the focus when it was pressed, or what the key before it has moved that to. */
  function repeatKey(event: KeyboardEvent, target: Element) {
    const now = document.activeElement;
    const follows = target === left;
    if (!follows) focusOn(target);
    const focused = document.activeElement ?? document.body;
    focused.dispatchEvent(new KeyboardEvent("keydown", event));
    const moved = document.activeElement !== focused;
    left = moved || follows ? target : undefined;
    // Whoever has gone on from there stays where they are.
    if (!moved && now && now !== focused) focusOn(now);
  }

  function takeOver() {
    listening.abort();
    show(waiting, false);
    show(failed, lacksStyle);
    const repeats = [...presses.values()];
    for (const by of presses.keys()) if (by instanceof Element) by.removeAttribute("aria-busy");
    presses.clear();
    for (const repeat of repeats) repeat();
  }

  window.addEventListener("error", onError, true);
  // React puts files first, and a browser runs a script that stands behind a style only once that has come.
  const before = "script[src], link[rel=stylesheet]";
  for (const file of document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(before)) {
    if (hasFailed(file)) file.dispatchEvent(new Event("error"));
  }
  window.addEventListener("click", onClick, first);
  window.addEventListener("submit", onSubmit, first);
  window.addEventListener("keydown", onKeyDown, first);
  document.addEventListener(hydrated, takeOver, { once: true });
  // Every file has come, and one of them was not what it should be.
  window.addEventListener("load", () =>
    setTimeout(() => {
      if (!signal.aborted) sayFailed();
    }, GIVE_UP_AFTER_MS),
  );
}
