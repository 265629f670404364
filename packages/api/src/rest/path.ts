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
  const segments = url.pathname.split("/").slice(1).map(decodeSegment);
  const [api, userId, ...below] = segments;
  if (api !== "api" || !userId || below.some((segment) => !segment)) return null;
  const matching = routes.filter(({ resource }) => matches(resource, below));
  const found = matching.find(({ resource }) => !placeholder.test(resource)) ?? matching[0];
  if (!found) return null;
  return { userId, resource: found.resource, id: below[idAt(found.resource)] ?? "" };
}

const placeholder = /\{id\}/;
const split = (pattern: string) => pattern.split("/").slice(1);
const idAt = (pattern: string) => split(pattern).indexOf("{id}");

const matches = (pattern: string, segments: readonly (string | null)[]) =>
  split(pattern).length === segments.length &&
  split(pattern).every((part, at) => part === "{id}" || part === segments[at]);

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
