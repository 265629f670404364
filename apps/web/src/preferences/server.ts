import { cookies } from "next/headers";
import { dayIn } from "../tasks/model/days.ts";
import { characterKeysOf, cookieNames, themeOf, timeZoneOf } from "./preferences.ts";

/** The theme that this request's viewer has chosen. */
export const viewerTheme = async () => themeOf((await cookies()).get(cookieNames.theme)?.value);

/** Whether this request's viewer has left the shortcuts of single keys on. */
export const viewerCharacterKeys = async () =>
  characterKeysOf((await cookies()).get(cookieNames.characterKeys)?.value);

/** Which day it is for this request's viewer, by the time zone that their browser told last. */
export async function viewerTime() {
  const serverTimeZone = timeZoneOf((await cookies()).get(cookieNames.timeZone)?.value);
  return { serverTimeZone, serverDay: dayIn(serverTimeZone, new Date()) };
}
