/** RFC 9110 §7.6.1: the headers that are about one connection, and not about the message. */
export const ofOneConnection: ReadonlySet<string> = new Set([
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "proxy-authenticate", "proxy-authorization"],
  // Whoever listens has told the client to go on as soon as its body is read.
  "expect",
]);
