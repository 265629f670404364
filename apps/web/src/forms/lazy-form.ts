import type { FieldErrors, FieldValues } from "react-hook-form";
import { isBuildGone } from "../loading/new-version.ts";
import type { PlainKey } from "../strings/translate.ts";
import type { Sending } from "./use-sent-form.ts";

/** How a form is checked and sent: loaded when it is first sent, or before that by `preload`. */
export function lazyForm<Values extends FieldValues>(
  load: () => Promise<Sending<Values>>,
): Sending<Values> & { preload: () => void } {
  return {
    resolver: async (...form) => {
      const loaded = await load().catch(() => undefined);
      if (loaded) return loaded.resolver(...form);
      const message: PlainKey = (await isBuildGone()) ? "loading.newVersion" : "auth.unreachable";
      const errors = { root: { type: "unreachable", message } } as FieldErrors<Values>;
      return { values: {}, errors };
    },
    send: async (values) => (await load()).send(values),
    preload: () => void load().catch(() => {}),
  };
}
