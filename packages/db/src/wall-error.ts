/** The database would not keep one user's rows from another, or let requests work. Its message says what to do. */
export class WallError extends Error {
  override readonly name = "WallError";
}
