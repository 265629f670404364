/** Somebody who signed up, with an access token. */
export interface Person {
  id: string;
  token: string;
  cookie: string;
}

/** Signs somebody up at the running product, as a script would. */
export async function signUp(at: string): Promise<Person> {
  const response = await fetch(`${at}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: at },
    body: JSON.stringify({
      name: "Ada",
      email: `ada-${crypto.randomUUID()}@example.com`,
      password: "a long passphrase",
    }),
  });
  if (!response.ok) throw new Error(`Sign-up answered ${response.status}.`);
  const { user } = await response.json();
  const cookie = response.headers.getSetCookie().map((each) => each.split(";")[0]);
  return { id: user.id, cookie: cookie.join("; "), token: await fetchToken(at, cookie.join("; ")) };
}

/** A token lasts 15 minutes, which a long run outlives. */
export async function fetchToken(at: string, cookie: string): Promise<string> {
  const response = await fetch(`${at}/api/auth/token`, { headers: { cookie } });
  if (!response.ok) throw new Error(`No token: ${response.status}.`);
  return (await response.json()).token;
}
