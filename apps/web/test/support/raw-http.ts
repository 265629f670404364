import { once } from "node:events";
import { connect } from "node:net";

/**
 * Sends these very bytes to the app, whatever HTTP thinks of them, and resolves with the answer's
 * status, or null where the connection ends without one. Each character is a byte.
 */
export async function sendRaw(appUrl: string, text: string): Promise<number | null> {
  const { hostname, port } = new URL(appUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.end(Buffer.from(text, "latin1"));
  await closed;
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status ? Number(status) : null;
}

/** A request's text; headers may say what no client library would. */
export function requestText(
  line: string,
  headers: readonly string[] = [],
  body: string | undefined = undefined,
): string {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body, "latin1")}`];
  const all = ["Host: localhost", "Connection: close", ...headers, ...length];
  return `${line} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n${body ?? ""}`;
}
