import manifest from "../../../package.json" with { type: "json" };
import type { RestRoute } from "../route.ts";
import { routes as ownRoutes, routeGroups } from "../routes.ts";
import { headerComponents } from "./headers.ts";
import { parameterComponents, parametersOf, pathParametersOf } from "./parameters.ts";
import { contentOf, problemExamples, responseComponents, responsesOf } from "./responses.ts";
import { type Json, schemaComponents } from "./schemas.ts";

const description = `Tasks over plain HTTP. Every row stays with its owner: \`user_id\` is always your own.

- Every path that takes \`GET\` takes \`HEAD\`, and every path \`OPTIONS\`, which answers 204 with \`Allow\`.
- What is no success is \`application/problem+json\` (RFC 9457) with a stable \`code\`; the page at its \`type\` says what to do.
- Where no body is described, \`{}\` and \`null\` are taken for none, but by \`GET\`.
- Unknown parameters and unknown fields are refused (422), and nothing is coerced in a JSON body.`;

const bearerDescription = `An access token, good for 15 minutes. Sign in at \`POST /api/auth/sign-in/email\`, which sets a session cookie; \`GET /api/auth/token\` with that cookie answers \`{"token": "…"}\`. Get the next one when it has expired.`;

/** The OpenAPI 3.1 document of the REST door, made from the table that it runs on. */
export const createDocument = (routes: readonly RestRoute[] = ownRoutes): Json => ({
  openapi: "3.1.1",
  info: {
    title: "Taskbridge",
    version: manifest.version,
    summary: "Your tasks, and nobody else's.",
    description,
    license: { name: manifest.license, identifier: manifest.license },
  },
  servers: [{ url: "/", description: "The server that gave you this document." }],
  security: [{ bearerAuth: [] }],
  tags: routeGroups.map(({ name, description }) => ({ name, description })),
  paths: pathsOf(routes),
  components: {
    securitySchemes: {
      bearerAuth: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: bearerDescription,
      },
    },
    schemas: schemaComponents(),
    parameters: parameterComponents,
    headers: headerComponents,
    responses: responseComponents(),
    examples: problemExamples(routes),
  },
});

function pathsOf(routes: readonly RestRoute[]): Json {
  const resources = [...new Set(routes.map(({ resource }) => resource))];
  return Object.fromEntries(
    resources.map((resource) => [
      `/api/{user_id}${resource}`,
      {
        parameters: pathParametersOf(resource),
        ...Object.fromEntries(
          routes
            .filter((route) => route.resource === resource)
            .map((route) => [route.method.toLowerCase(), operation(route)]),
        ),
      },
    ]),
  );
}

function operation(route: RestRoute): Json {
  const { operationId, summary, description, body, mediaTypes } = route;
  const sent = route.sent ?? Object.fromEntries(mediaTypes.map((type) => [type, body]));
  return {
    operationId,
    summary,
    description,
    tags: routeGroups.filter(({ routes }) => routes.includes(route)).map(({ name }) => name),
    parameters: parametersOf(route),
    requestBody: body && {
      required: true,
      content: contentOf(sent as typeof route.answer.content, "input"),
    },
    responses: responsesOf(route),
  };
}
