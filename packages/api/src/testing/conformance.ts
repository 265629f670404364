import { Ajv2020 } from "ajv/dist/2020.js";

type Json = Record<string, unknown>;

/** A request, as far as the document speaks of it. */
export interface Sent {
  method: string;
  url: string;
  /** The body's text, where it is JSON. */
  json?: string | undefined;
}

/** Rejects where an answer, or a body that was accepted, is not as the document says. */
export type Conformance = (sent: Sent, response: Response) => Promise<void>;

/** What to hold answers against: status, headers, media type and body of each are documented. */
export function createConformance(document: Json): Conformance {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: "openapi" });

  function assertValid(pointer: string, value: unknown): void {
    const validate = ajv.getSchema(`openapi${pointer}`);
    if (!validate) throw new Error(`there is no schema at ${pointer}`);
    if (!validate(value)) throw new Error(ajv.errorsText(validate.errors));
  }

  /** What is at a pointer, and where it really is. */
  function find(pointer: string): { node: Json; at: string } | undefined {
    let node: unknown = document;
    for (const key of pointer.split("/").slice(1)) node = (node as Json)?.[unescapeKey(key)];
    const ref = (node as { $ref?: string } | undefined)?.$ref;
    if (ref) return find(ref);
    return node ? { node: node as Json, at: pointer } : undefined;
  }

  /** Where the document has an answer of this status to such a request. */
  function answerAt(operation: string | undefined, status: number): string {
    if (operation) return `${operation}/responses/${status}`;
    // Of what is no operation it can only be said that it is none.
    return `#/components/responses/${status === 405 ? "MethodNotAllowed" : "none"}`;
  }

  function assertHeaders(at: string, names: readonly string[], headers: Headers): void {
    for (const name of names) {
      const header = find(`${at}/headers/${name}`);
      const value = headers.get(name);
      if (value !== null) assertValid(`${header?.at}/schema`, value);
      else if (header?.node.required) throw new Error(`${name} is missing`);
    }
  }

  async function assertAnswer(at: string, response: Response, head: boolean): Promise<void> {
    const { headers } = response;
    const text = await response.clone().text();
    const answer = find(at);
    if (!answer) throw new Error(`the status is not documented: ${text}`);
    assertHeaders(answer.at, Object.keys(answer.node.headers ?? {}), headers);
    const type = headers.get("content-type")?.split(";")[0] ?? "none";
    if (!answer.node.content || head) {
      if (text) throw new Error("there is a body");
      return;
    }
    const body = type.endsWith("json") ? JSON.parse(text) : text;
    assertValid(`${answer.at}/content/${escapeKey(type)}/schema`, body);
  }

  function assertBody(operation: string | undefined, json: string): void {
    if (find(`${operation}/requestBody`)) {
      const type = escapeKey("application/json");
      assertValid(`${operation}/requestBody/content/${type}/schema`, JSON.parse(json));
    } else if (!["", "{}", "null"].includes(json.replace(/\s/g, ""))) {
      throw new Error("a body that says something was accepted");
    }
  }

  return async ({ method, url, json }, response) => {
    const template = templateOf(Object.keys(document.paths as Json), new URL(url).pathname);
    const verb = method === "HEAD" ? "get" : method.toLowerCase();
    const operation = find(`#/paths/${escapeKey(template)}/${verb}`)?.at;
    try {
      if (!template) {
        if (response.status !== 404) throw new Error("there is no such path");
        assertValid("#/components/schemas/Problem", await response.clone().json());
      } else if (method === "OPTIONS") {
        if (response.status !== 204) throw new Error("OPTIONS answers 204");
        assertHeaders("#/components/responses/MethodNotAllowed", ["Allow"], response.headers);
      } else {
        await assertAnswer(answerAt(operation, response.status), response, method === "HEAD");
      }
      if (response.ok && json !== undefined) assertBody(operation, json);
    } catch (error) {
      const what = `${method} ${template ?? url} ${response.status}`;
      throw new Error(`${what} is not as documented: ${(error as Error).message}`);
    }
  };
}

/** RFC 6901, and in a URI's fragment. */
const escapeKey = (key = "") =>
  encodeURIComponent(key.replace(/~/g, "~0").replace(/\//g, "~1")).replace(/%7E/gi, "~");
const unescapeKey = (key: string) =>
  decodeURIComponent(key).replace(/~1/g, "/").replace(/~0/g, "~");

/** The path of the document that a URL's path is of: one without a placeholder comes first. */
function templateOf(templates: readonly string[], pathname: string): string | undefined {
  const segments = pathname.split("/").map((segment) => decodeURIComponent(segment));
  const fits = (part: string, at: number) =>
    part === segments[at] || (/^\{/.test(part) && segments[at]);
  const matching = templates.filter((template) => {
    const parts = template.split("/");
    return parts.length === segments.length && parts.every(fits);
  });
  return matching.sort((a, b) => a.split("{").length - b.split("{").length)[0];
}
