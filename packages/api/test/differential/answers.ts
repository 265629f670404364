import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { errorTable } from "../../src/error-table.ts";
import { generators, type Operation } from "./generators.ts";

/** What a door has told, as text: the data, or the failure. */
export interface Told {
  ok: boolean;
  text: string;
  code: string;
}

interface Failure {
  status: number;
  code: string;
  detail: string;
  errors?: { pointer: string; line?: number }[];
}

/** Media types differ from door to door, and what is malformed is a body at one and an input at the other. */
const inOwnWords = ["unsupported_media_type", "malformed_body", "version_mismatch"];

/** The text of a failure: all of it that must be the same at both doors. */
function failed({ status, code, detail, errors }: Failure, challenge: string | null): Told {
  const row: { status: number } | undefined = Object.entries(errorTable).find(
    ([known]) => known === code,
  )?.[1];
  if (status >= 500) throw new Error(`${status}: ${detail}`);
  // The bridge's codes have the row of their status.
  const expected = row ? [row.status] : [400, 401];
  if (!expected.includes(status)) throw new Error(`${code} is not ${expected}, but ${status}.`);
  // A number may break two rules at once that its text breaks as one.
  const fields = errors && [
    ...new Set(errors.map(({ pointer, line = 0 }) => `${line} ${pointer}`)),
  ];
  const words = inOwnWords.includes(code) ? undefined : detail;
  return { ok: false, code, text: JSON.stringify({ status, code, words, fields, challenge }) };
}

const succeeded = (data: unknown): Told => ({
  ok: true,
  code: "",
  text: typeof data === "string" ? data : JSON.stringify(data),
});

export async function readRest(
  response: Response,
  { route }: Operation,
  id: string,
): Promise<Told> {
  // Its `text` would take the byte order mark of a CSV away.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const text = decoder.decode(await response.arrayBuffer());
  const { status, headers } = response;
  if (!response.ok) {
    const problem = JSON.parse(text) as Failure;
    if (headers.get("content-type") !== "application/problem+json" || problem.status !== status) {
      throw new Error(`REST tells ${status} as ${text}`);
    }
    return failed(problem, challengeOf(headers, route));
  }
  if (status !== generators[route]?.success) throw new Error(`REST answers ${route} by ${status}.`);
  // A deletion has no content; tRPC says which task it was.
  if (status === 204) return succeeded({ id: id.toLowerCase() });
  return succeeded(route.endsWith("/export") ? text : JSON.parse(text));
}

interface TrpcAnswer {
  result?: { data: unknown };
  error?: {
    message: string;
    code: number;
    data: { httpStatus: number } & Omit<Failure, "status" | "detail">;
  };
}

/** tRPC's streams begin before anything has failed: their headers know of no failure. */
const challengeOf = (headers: Headers, route: string) =>
  route.endsWith("/export") ? null : headers.get("www-authenticate");

export async function readTrpc(response: Response, { route }: Operation): Promise<Told> {
  const text = await response.text();
  const streamed = text.includes("\n");
  const parsed = streamed ? readStream(text) : (JSON.parse(text) as TrpcAnswer | TrpcAnswer[]);
  const { result, error } = (Array.isArray(parsed) ? parsed[0] : parsed) ?? {};
  if (!error) {
    if (response.status !== 200) throw new Error(`tRPC succeeds by ${response.status}.`);
    return succeeded(result?.data);
  }
  const { code, httpStatus, errors } = error.data;
  if (!streamed && response.status !== httpStatus) {
    throw new Error(`tRPC says ${httpStatus} by ${response.status}.`);
  }
  const row = Object.entries(errorTable).find(([known]) => known === code)?.[1];
  if (row && TRPC_ERROR_CODES_BY_KEY[row.trpc] !== error.code) {
    throw new Error(`tRPC tells ${code} as ${error.code}.`);
  }
  return failed(
    { status: httpStatus, code, detail: error.message, ...(errors && { errors }) },
    challengeOf(response.headers, route),
  );
}

type Line = [chunk: number, status: number, values: [[TrpcAnswer | string]]];

/** tRPC's lines of JSON: the error of the one call, or the pieces that its generator yields. */
function readStream(text: string): TrpcAnswer {
  const [, ...lines] = text.split("\n").filter(Boolean);
  let data = "";
  for (const [, status, [[value] = [""]] = [[""]]] of lines.map(
    (line) => JSON.parse(line) as Line,
  )) {
    if (typeof value === "object" && "error" in value) return value;
    if (status === 1 && typeof value === "string") data += value;
  }
  return { result: { data } };
}
