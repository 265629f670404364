import { AppShell } from "../../src/shell/app-shell.tsx";
import { en } from "../../src/strings/en.ts";
import { StringsProvider } from "../../src/strings/provider.tsx";
import { createTranslate } from "../../src/strings/translate.ts";
import { TrpcProvider } from "../../src/trpc/provider.tsx";

/** What is around each page of somebody who is signed in, and opens what the page needs. */
export const drawnPage = (
  <StringsProvider language="en" locale="en-GB" dictionary={en}>
    <TrpcProvider userId="ada">
      <AppShell userId="ada" name="Ada" theme="light" t={createTranslate(en, "en-GB")}>
        The page
      </AppShell>
    </TrpcProvider>
  </StringsProvider>
);
