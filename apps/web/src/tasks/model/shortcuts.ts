/** What keys do on the page, the key that is shown first; `?` shows them. */
export const shortcutKeys = {
  create: ["n"],
  search: ["/"],
  next: ["j", "arrowdown"],
  previous: ["k", "arrowup"],
  select: ["x"],
  selectAll: ["a"],
  edit: ["e", "enter"],
  complete: ["space"],
  // A Mac's keyboard has no other key for it.
  remove: ["delete", "backspace"],
  undo: ["u", "mod+z"],
  palette: ["mod+k"],
  print: ["mod+p"],
  // The second is the question mark of Arabic keyboards.
  help: ["?", "؟"],
  clear: ["escape"],
} as const satisfies Record<string, readonly string[]>;
export type Shortcut = keyof typeof shortcutKeys;
export type ShortcutKey = (typeof shortcutKeys)[Shortcut][number];

export const shortcuts = Object.keys(shortcutKeys) as Shortcut[];

/** Whether it types something: WCAG 2.1.4 wants those to be switched off by who would press them by mistake. */
const isCharacter = (key: string) => [...key].length === 1;

const byKey = new Map<string, Shortcut>(
  shortcuts.flatMap((shortcut) => shortcutKeys[shortcut].map((key) => [key, shortcut] as const)),
);

/** The key to show for a shortcut; undefined where there is none without those that are switched off. */
export const keyOf = (shortcut: Shortcut, withCharacters: boolean): ShortcutKey | undefined =>
  shortcutKeys[shortcut].find((key) => withCharacters || !isCharacter(key));

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What a press asks for. */
export function shortcutOf(pressed: Pressed, withCharacters: boolean): Shortcut | undefined {
  if (pressed.altKey) return undefined;
  const key = latinKey(pressed);
  if (!pressed.ctrlKey && !pressed.metaKey) {
    return withCharacters || !isCharacter(key) ? byKey.get(key) : undefined;
  }
  // Ctrl-Shift-Z is what does a thing again.
  return pressed.shiftKey ? undefined : byKey.get(`mod+${key}`);
}

const otherScript = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * The key by what it types, so that n is where the layout has it; where that is of a script that has no n,
 * by its place on the keyboard.
 */
function latinKey({ key, code, shiftKey }: Partial<Pressed>): string {
  // What a browser fills in by itself comes with presses of no key.
  if (!key || !code) return (key ?? "").toLowerCase();
  if (key === " ") return "space";
  if (!otherScript.test(key)) return key.toLowerCase();
  if (code === "Slash") return shiftKey ? "?" : "/";
  return code.replace(/^Key/, "").toLowerCase();
}
