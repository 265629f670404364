/**
 * Throws where an object in a JSON text names a member twice (RFC 8259 §4 leaves it to each parser
 * which of the two counts), or where it is nested more deeply than `maxDepth`. For whoever takes JSON
 * from strangers and hands it on.
 *
 * One pass over the text, without recursion. It does not judge the grammar: `JSON.parse` does that,
 * and what this pass makes of a text that is not JSON does not matter.
 */
export function assertUniqueNames(text: string, maxDepth = Number.POSITIVE_INFINITY): void {
  // The containers around the current place: the names seen in an object, null in an array.
  const open: (Set<string> | null)[] = [];
  let names: Set<string> | null = null;
  let atName = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (atName) addName(names, text.slice(at, end + 1));
        at = end;
        break;
      }
      case "{":
      case "[":
        names = text[at] === "{" ? new Set() : null;
        atName = names !== null;
        if (open.push(names) > maxDepth) throw new RangeError("nested too deeply");
        break;
      case "}":
      case "]":
        open.pop();
        names = open.at(-1) ?? null;
        atName = false;
        break;
      case ",":
        atName = names !== null;
        break;
      case ":":
        atName = false;
        break;
    }
  }
}

/** Where the string that starts at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** `"sub"` and `"\u0073ub"` are one name. */
function addName(names: Set<string> | null, literal: string): void {
  const name: string = literal.includes("\\") ? JSON.parse(literal) : literal.slice(1, -1);
  if (names?.has(name)) throw new SyntaxError("duplicate name");
  names?.add(name);
}
