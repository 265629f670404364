/** Tells that a day is one of many. */
export interface Recurrence {
  repeatedBefore: RegExp;
  repeatedAfter: RegExp;
}

interface Words {
  /** "Weekly": of the day where it stands right before it, or ends a clause behind it. */
  adverbs: string;
  /** "Every week": of the day at the beginning of the line as well. */
  phrases: string;
}

export function recurrenceOf({ adverbs, phrases }: Words): Recurrence {
  const any = String.raw`(?<![\p{L}\p{N}-]|(?<!\p{L})(?:as|like|wie)\s)(?:${adverbs}|${phrases})`;
  // "Friday: weekly review" is one review.
  const end = String.raw`(?=\s*(?:[)\],;.!?…\ufffc]|$)|\s+(?:at|with|from|until|um|mit|ab|bis)\s)`;
  return {
    repeatedBefore: new RegExp(String.raw`^\s*(?:${phrases})(?!\p{L})|${any}[,:;]?\s+[([]?$`, "iu"),
    repeatedAfter: new RegExp(any + end, "iu"),
  };
}
