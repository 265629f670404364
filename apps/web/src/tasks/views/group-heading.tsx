import { useStrings } from "../../strings/provider.tsx";
import { writeDate, writeDay } from "../model/days.ts";
import type { Group } from "../model/groups.ts";
import { useToday } from "../use-today.tsx";

/** What the group is called that begins here, if one does. */
export function GroupHeading({ group }: { group: Group | undefined }) {
  const { t, locale } = useStrings();
  const today = useToday();
  if (!group) return null;
  const look = "border-b border-line px-3 pt-5 pb-2 font-semibold break-after-avoid";
  if (group === "overdue") return <h2 className={`${look} text-danger`}>{t("view.overdue")}</h2>;
  const name = writeDay(group, today, locale);
  const date = writeDate(group, today, locale);
  return (
    // The server's words for a day may be of another edition than the browser's.
    <h2 className={look} suppressHydrationWarning>
      {name}
      {name !== date && <span className="ps-2 font-normal text-muted">{date}</span>}
    </h2>
  );
}
