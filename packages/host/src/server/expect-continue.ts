import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * For a client that waits with its body until it is told to go on (`Expect: 100-continue`): it is told
 * when somebody begins to read, so that what is refused before is not even sent. Node by itself would
 * say it at once.
 */
export function continueWhenRead(request: IncomingMessage, response: ServerResponse): void {
  const { _read: read } = request;
  const { shouldKeepAlive } = response;
  // Refused, it may send its body or leave it (RFC 9110 §10.1.1): what comes next cannot be told.
  response.shouldKeepAlive = false;
  request._read = (size) => {
    request._read = read;
    // What is left unread is read and dropped after the answer.
    if (!response.headersSent) {
      response.shouldKeepAlive = shouldKeepAlive;
      response.writeContinue();
    }
    read.call(request, size);
  };
}
