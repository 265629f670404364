/**
 * Better Auth lets paths such as `/.//evil.example` pass for ours, and then sends people to what is
 * left of them, `//evil.example`. Wherever an answer leads to is looked at once more, as a browser
 * reads it; what is not ours is refused in Better Auth's words.
 */
export function withoutOpenRedirect(
  response: Response,
  { baseUrl, trustedOrigins }: { baseUrl: string; trustedOrigins: readonly string[] },
): Response {
  const location = response.headers.get("location");
  if (location === null) return response;
  const origin = URL.canParse(location, baseUrl) ? new URL(location, baseUrl).origin : null;
  if (origin !== null && [baseUrl, ...trustedOrigins].includes(origin)) return response;
  return Response.json(
    { code: "INVALID_CALLBACK_URL", message: "Invalid callbackURL" },
    { status: 403 },
  );
}
