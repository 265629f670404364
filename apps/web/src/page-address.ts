/** Where `proxy.ts` writes the path and query of the page that is asked for. */
export const ADDRESS_HEADER = "x-page-address";

/** Where somebody signs in who shall come back to an address of this site. */
export const signInAt = (address: string) => `/sign-in?next=${encodeURIComponent(address)}`;
