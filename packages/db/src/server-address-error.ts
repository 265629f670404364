/** An address that cannot be read. Its message says what is wrong, and has nothing of a password in it. */
export class ServerAddressError extends Error {
  override readonly name = "ServerAddressError";
}
