/** Whether a proxy says so that the server behind it is away. From 520 on they are Cloudflare's own. */
export const saysAway = (status: number): boolean =>
  (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
