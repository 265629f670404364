import { useT } from "../../strings/provider.tsx";
import type { ImportFault } from "../model/import-fault.ts";
import { isUnreadable } from "./use-file.ts";

/** How many are told one by one. */
const MOST = 100;

/** What of a file cannot be read, by line and column; the rest can be imported. */
export function FileFaults({ faults }: { faults: readonly ImportFault[] }) {
  const t = useT();
  return (
    <section className="mt-4 text-sm">
      <p className="text-danger">{t("transfer.faults", { count: faults.length })}</p>
      <ul className="mt-2 space-y-1">
        {faults.slice(0, MOST).map(({ line, title, field, text, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change, and may be alike.
          <li key={at} className="wrap-anywhere">
            <strong>
              {title
                ? t("transfer.lineTitle", { line, title: shortened(title) })
                : t("transfer.line", { line })}
              {": "}
            </strong>
            {field && (text ? t("transfer.fieldText", { field, text: shortened(text) }) : field)}
            {field && ": "}
            {t(reason)}
          </li>
        ))}
        {faults.length > MOST && (
          <li>{t("transfer.moreFaults", { count: faults.length - MOST })}</li>
        )}
      </ul>
    </section>
  );
}

const shortened = (text: string) =>
  [...text].length > 60 ? `${[...text].slice(0, 59).join("")}…` : text;

/** Why nothing of a file can be read. */
export function UnreadableFile({ error }: { error: unknown }) {
  const t = useT();
  if (!isUnreadable(error)) return <p>{t("transfer.unreadable")}</p>;
  const { reason, line = 1, names } = error;
  switch (reason) {
    case "badJson":
    case "letters":
      return <p>{t(`transfer.${reason}`, { line })}</p>;
    case "noTitle":
      return (
        <p className="wrap-anywhere">
          {t("transfer.noTitle", {
            names: names.map((name) => t("transfer.column", { name: shortened(name) })).join(", "),
          })}
        </p>
      );
    default:
      return <p>{t(`transfer.${reason}`)}</p>;
  }
}
