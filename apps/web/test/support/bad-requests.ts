import { requestText } from "./raw-http.ts";

/** What must not be found in a log, whoever sent it and wherever. */
export interface Canaries {
  userId: string;
  email: string;
  password: string;
  token: string;
  /** A token that was signed with another key. */
  forged: string;
  /** A cookie header. */
  cookie: string;
  secret: string;
}

/** Every way that came to mind to begin a new line, or to speak to a terminal. */
const intruders = [
  "%0d%0aFORGED",
  "%0AFORGED",
  "%250aFORGED",
  "%E2%80%A8FORGED",
  "\xe2\x80\xa8FORGED",
  "\xe2\x80\xae\xc2\x85\xc2\x9b2J",
  "%1b[2J%1b]0;FORGED%07",
  "\\nFORGED\\u001b[2J",
  '"}FORGED{"level":"error"}',
];
/** These are no part of a header or a path; the first line of defence is Node's. */
const controls = ["\nFORGED", "\r\n FORGED", "\x1b[2J", "\x00", "\x7f", "\x9b2J"];

/** Requests of every bad kind, as bytes, at both doors, at Better Auth and at the pages. */
export function badRequests(appUrl: string, canaries: Canaries): string[] {
  const { userId, token, forged, cookie, password, email, secret } = canaries;
  const bearer = `Authorization: Bearer ${token}`;
  const json = "Content-Type: application/json";
  const origin = `Origin: ${appUrl}`;
  const post = (path: string, body: string, ...headers: string[]) =>
    requestText(`POST ${path}`, [json, origin, ...headers], body);
  const get = (path: string, ...headers: string[]) => requestText(`GET ${path}`, headers);
  const everything = `token=${token}&forged=${forged}&password=${password}&email=${email}`;
  const link = `https://evil.example/${token}?${everything}`;

  return [
    // Credentials where they do not belong, or that are wrong.
    ...[
      `Bearer ${forged}`,
      `bearer  ${token}`,
      `Basic ${token}`,
      token,
      `Bearer ${secret}`,
    ].flatMap((value) => [
      get(`/api/${userId}/tasks`, `Authorization: ${value}`),
      get("/api/trpc/session.whoami", `Authorization: ${value}`),
      get("/api/auth/token", `Authorization: ${value}`, `Cookie: ${value}`),
    ]),
    get(`/api/${userId}/tasks?access_token=${token}`, bearer, bearer),
    get(`/api/${token}/tasks?${everything}`, bearer),
    get(`/api/${userId}/tasks/${token}?${everything}`, bearer),
    get(`/api/trpc/${token}?input=${token}`, bearer),
    get(`/api/${userId}/tasks?cursor=${token}`, bearer),
    get(`/api/auth/verify-email?${everything}`),
    get(`/api/auth/reset-password/${token}?callbackURL=${encodeURIComponent(link)}`),
    get(`/${token}?${everything}`, `Cookie: ${cookie}`),
    get(`/sign-in?next=${encodeURIComponent(link)}`, `Referer: ${link}`),
    // Better Auth's own refusals, which quote.
    post("/api/auth/sign-in/email", JSON.stringify({ email, password: `${password}!` })),
    post("/api/auth/sign-in/email", JSON.stringify({ email: password, password: email })),
    post("/api/auth/sign-up/email", JSON.stringify({ name: secret, email, password })),
    post("/api/auth/sign-in/email", JSON.stringify({ email, password, callbackURL: link })),
    post("/api/auth/sign-in/social", JSON.stringify({ provider: token, idToken: { token } })),
    post(
      "/api/auth/change-password",
      JSON.stringify({ newPassword: password }),
      `Cookie: ${cookie}x`,
    ),
    requestText("POST /api/auth/sign-out", [json, `Origin: ${link}`, `Cookie: ${cookie}`], "{}"),
    requestText("POST /api/auth/sign-out", [json, `Referer: ${link}`, `Cookie: ${cookie}`], "{}"),
    // Bodies that are none.
    ...["/api/auth/sign-in/email", `/api/${userId}/tasks`, "/api/trpc/task.create"].flatMap(
      (path) => [
        post(path, `{"title":"${token}`, bearer),
        post(path, `${password}\xff\xfe`, bearer),
        post(path, JSON.stringify({ [token]: password, title: email, secret }), bearer),
        post(path, `[${'"'.repeat(100)}`, bearer),
        post(path, `{"title":"${password.repeat(6_000)}"}`, bearer),
        requestText(
          `POST ${path}`,
          [bearer, `Content-Type: multipart/form-data; boundary=${token}`],
          password,
        ),
        requestText(`POST ${path}`, [bearer, origin, `Content-Type: ${token}`], password),
        // More is announced than sent.
        post(path, "{", bearer).replace("Content-Length: 1", "Content-Length: 9"),
      ],
    ),
    // Text that means to break out of its line.
    ...intruders.flatMap((text) => [
      get(`/api/${userId}${text}/tasks`, bearer, `User-Agent: ${text}`, `X-Request-Id: ${text}`),
      get(`/api/trpc/${text}`, bearer, `X-Forwarded-For: ${text}`),
      get(`/api/auth/${text}`, `Cookie: ${text}`),
      get(`/${text}`, `Accept-Language: ${text}`, `Next-Action: ${text}`, `RSC: ${text}`),
      requestText(
        "POST /api/auth/sign-out",
        [json, `Origin: http://a${text}`, `Cookie: ${cookie}`],
        "{}",
      ),
      post(
        "/api/auth/sign-in/email",
        `{"email":"a@b.c","password":"x","callbackURL":"http://a${text}"}`,
      ),
      post(
        "/api/auth/sign-in/email",
        `{"email":"a@b.c","password":"x","callbackURL":"http://a\\n${text}\\u2028\\u009b2J"}`,
      ),
    ]),
    ...controls.flatMap((text) => [
      get(`/api/${userId}/tasks${text}`, bearer),
      get(`/api/${userId}/tasks`, `${bearer}${text}`, `User-Agent: a${text}`),
      get("/", `Cookie: ${cookie}${text}`),
    ]),
    // Odd and long.
    get("/%E0%A4%A"),
    get("/api/%E0%A4%A/tasks", bearer),
    get("/api/trpc/%E0%A4%A", bearer),
    get("/api/auth/%E0%A4%A"),
    get(`/${"a".repeat(10_000)}`),
    get(`/api/trpc/${Array(30).fill("session.whoami").join(",")}?batch=1`, bearer),
    get("/", `X-Long: ${token.repeat(60)}`),
    requestText(`TRACE /${token}`),
    requestText(`${token} /`),
    `${token}\r\n\r\n`,
  ];
}
