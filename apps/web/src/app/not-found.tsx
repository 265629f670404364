import { TextLink } from "../components/link.tsx";
import { Wordmark } from "../components/wordmark.tsx";
import { currentStrings } from "../strings/server.ts";

export default async function NotFound() {
  const { t } = await currentStrings();
  return (
    <main className="mx-auto max-w-md px-8 py-[20dvh] text-center">
      <div className="mb-6 flex justify-center">
        <Wordmark />
      </div>
      <h1 className="text-xl font-semibold">{t("notFound.title")}</h1>
      <p className="mt-4">
        <TextLink href="/" className="inline-block p-3">
          {t("notFound.home")}
        </TextLink>
      </p>
    </main>
  );
}
