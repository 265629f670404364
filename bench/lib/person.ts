/** Somebody who signed up, with an access token. */
export interface Person {
  id: string;
  email: string;
  token: string;
  cookie: string;
}

/** Signs somebody up at the running product, as a script would. */
export async function signUp(at: string): Promise<Person> {
  const email = `ada-${crypto.randomUUID()}@example.com`;
  const response = await fetch(`${at}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: at },
    body: JSON.stringify({ name: "Ada", email, password: "a long passphrase" }),
  });
  if (!response.ok) throw new Error(`Sign-up answered ${response.status}.`);
  const { user } = await response.json();
  const cookies = response.headers.getSetCookie().map((each) => each.split(";")[0]);
  const cookie = cookies.join("; ");
  return { id: user.id, email, cookie, token: await fetchToken(at, cookie) };
}

/** A token lasts 15 minutes, which a long run outlives. */
export async function fetchToken(at: string, cookie: string): Promise<string> {
  const response = await fetch(`${at}/api/auth/token`, { headers: { cookie } });
  if (!response.ok) throw new Error(`No token: ${response.status}.`);
  return (await response.json()).token;
}
