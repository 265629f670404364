/**
 * A migration that databases have applied is never edited, since its file's checksum is kept with them.
 * What one of them gets wrong is put right on its way to a database that has not applied it yet: a name
 * that is cast as it is, and not as an identifier, is another one where it has capitals or blanks.
 */
export const mended = (script: string) =>
  script.replaceAll("= name::regrole", "= quote_ident(name)::regrole");
