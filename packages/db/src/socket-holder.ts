import { connect } from "node:net";

/**
 * Whether a process listens at a socket. Refused: nobody does any more. Gone: something newer took its place.
 * All else counts as alive.
 */
export function isHeld(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== "ECONNREFUSED" && code !== "ENOENT");
    });
  });
}
