/** A path below `/api`, split: whose tasks it names, and which resource among them. */
export interface RestPath {
  userId: string;
  resource: "/tasks" | "/tasks/{id}";
  id: string;
}

/**
 * Reads the path from the URL itself, so that no framework's routing has a say in whose data is
 * asked for. Null where it is no route of ours.
 */
export function parsePath(url: string): RestPath | null {
  const segments = new URL(url).pathname.split("/").slice(1).map(decodeSegment);
  const [api, userId, tasks, id, ...rest] = segments;
  if (api !== "api" || !userId || tasks !== "tasks" || rest.length > 0) return null;
  if (id === undefined) return { userId, resource: "/tasks", id: "" };
  return id ? { userId, resource: "/tasks/{id}", id } : null;
}

function decodeSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
