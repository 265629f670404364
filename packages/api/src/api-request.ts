/** Of headers what the doors read. */
export type ReadHeaders = Pick<Headers, "get" | "has"> & Iterable<[string, string]>;

/** Of a request what the doors ask for: any Request will do, and a host may have something leaner. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadHeaders;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly signal: AbortSignal;
  /**
   * Hands over the body piece by piece, where that costs less than a stream, and resolves at its end.
   * Rejects with what `take` throws, and then hands over nothing more.
   */
  readBody?(take: (piece: Uint8Array) => void): Promise<void>;
}
