import type { TransferFormat } from "@taskbridge/contract";
import type { Reply } from "../reply.ts";

/** The media type of each format. */
export const contentTypes: Record<TransferFormat, string> = {
  json: "application/json",
  csv: "text/csv; charset=utf-8; header=present",
};

/**
 * A text as a file to keep, sent as it is made. Two pieces are waited for: what fails by then is answered as
 * a failure, and a text of one piece is sent with its length. What fails later breaks the answer off, and is
 * reported.
 */
export async function streamedText(
  { text, format }: { text: AsyncIterable<string>; format: TransferFormat },
  report: (error: unknown) => unknown,
): Promise<Reply> {
  const pieces = text[Symbol.asyncIterator]();
  const headers = {
    "Content-Type": contentTypes[format],
    "Content-Disposition": `attachment; filename="tasks.${format}"`,
    "Cache-Control": "no-store",
  };
  const first = await pieces.next();
  const second = first.done ? first : await pieces.next();
  if (second.done) return { status: 200, headers, body: first.value ?? "" };
  const ready = [first, second];
  const encoder = new TextEncoder();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = ready.shift() ?? (await pieces.next());
          // Whoever was to have it went away meanwhile, which is no failure.
          if (cancelled) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (cancelled) return;
          report(error);
          // Without the cause: the host would print it.
          controller.error(new Error("The export broke off."));
        }
      },
      async cancel() {
        cancelled = true;
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return { status: 200, headers, body };
}
