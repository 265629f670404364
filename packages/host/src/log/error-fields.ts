import { withoutQuotes } from "./redact.ts";

/** Of an error and its causes, this much is logged and nothing else. */
export interface ErrorFields {
  name: string;
  code?: string | number;
  message: string;
  /** The places alone. */
  stack?: string;
  cause?: ErrorFields;
}

const MAX_CAUSES = 5;
const MAX_FRAMES = 20;

/**
 * What the log says of a thrown thing. All other members of an error stay out: Prisma's `meta`, pg's
 * `detail`, zod's `issues` and a parser's `input` hold what a client sent. So does a message, where it
 * quotes.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) {
    return { name: typeof error, message: "Something was thrown that is no Error." };
  }
  const { name, message } = error;
  const code = codeOf(error);
  const stack = framesOf(error);
  const cause = causeOf(error);
  return {
    name,
    ...(code === undefined ? {} : { code }),
    message: withoutQuotes(message).replace(/\s+/g, " ").trim(),
    ...(stack ? { stack } : {}),
    ...(cause !== undefined && depth < MAX_CAUSES ? { cause: errorFields(cause, depth + 1) } : {}),
  };
}

function codeOf(error: Error): string | number | undefined {
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "number") return code;
  return typeof code === "string" && /^\w{1,64}$/.test(code) ? code : undefined;
}

/** Node tells a connection that was refused at every address as an AggregateError without words. */
const causeOf = (error: Error): unknown =>
  error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);

/** A stack begins with the message, which may have lines that look like a place. */
function framesOf({ stack = "", message }: Error): string {
  const after = message ? stack.slice(stack.lastIndexOf(message) + message.length) : stack;
  const frames = after.split("\n").filter((line) => /^ +at .+/.test(line));
  return frames
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim())
    .join("\n");
}
