/** What the pages' thread is told by the one that started it, which has the database and the API. */
export interface Told {
  databaseUrl: string;
  /** Where calls of the API are answered. */
  apiUrl: string;
}

/** The word with which it begins to serve. */
export interface Begin {
  told: Told;
  /** The path of the socket that it answers at. */
  socket: string;
}
