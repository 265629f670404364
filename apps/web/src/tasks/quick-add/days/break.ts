/** What stands in the place of a tag or a priority: a sentence ends before it and begins behind it. */
export const BREAK = "\ufffc";
