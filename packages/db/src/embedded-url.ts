/** Told in the address of an embedded database: pg passes by what it does not know. */
export const EMBEDDED_MARK = "embedded=1";

/** Whether an address is an embedded database's, which works on one statement at a time. */
export const isEmbeddedUrl = (url: string): boolean => url.endsWith(EMBEDDED_MARK);
