/** A path below `/api`, split: whose tasks it names, which resource among them, and which of those. */
export interface RestPath {
  userId: string;
  /** A pattern of the route table. */
  resource: string;
  /** The segment in the place of `{id}`, "" where the pattern has none. */
  id: string;
}

/**
 * Finds the pattern that a URL's path is of, `{id}` standing for any segment; a pattern that spells a
 * segment out wins over one that does not. The path is read from the URL itself, so that no
 * framework's routing has a say in whose data is asked for. Null where it is no route of ours.
 */
export function parsePath(url: URL, routes: readonly { resource: string }[]): RestPath | null {
  const [, api, userId, ...below] = url.pathname.split("/").map(decodeSegment);
  if (api !== "api" || !userId || below.some(isEmpty)) return null;
  let found: Pattern | undefined;
  for (const { resource } of routes) {
    const pattern = patternOf(resource);
    if (!matches(pattern, below)) continue;
    if (!found || pattern.idAt < 0) found = pattern;
    if (found.idAt < 0) break;
  }
  return found ? { userId, resource: found.resource, id: below[found.idAt] ?? "" } : null;
}

interface Pattern {
  resource: string;
  parts: readonly string[];
  /** Which part is `{id}`; -1 for none. */
  idAt: number;
}

const patterns = new Map<string, Pattern>();

/** A pattern, split once. */
function patternOf(resource: string): Pattern {
  let pattern = patterns.get(resource);
  if (!pattern) {
    const parts = resource.split("/").slice(1);
    pattern = { resource, parts, idAt: parts.indexOf("{id}") };
    patterns.set(resource, pattern);
  }
  return pattern;
}

function matches({ parts, idAt }: Pattern, segments: readonly (string | null)[]): boolean {
  if (parts.length !== segments.length) return false;
  for (let at = 0; at < parts.length; at++) {
    if (at !== idAt && parts[at] !== segments[at]) return false;
  }
  return true;
}

const isEmpty = (segment: string | null) => !segment;

function decodeSegment(segment: string): string | null {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
