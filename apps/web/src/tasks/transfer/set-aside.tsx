import { useT } from "../../strings/provider.tsx";
import { type LeftOut, leftOutKinds } from "./file-tasks.ts";
import type { PreparedTask } from "./prepare.ts";

interface SetAsideProps {
  tasks: readonly PreparedTask[];
  leftOut: Partial<Record<LeftOut, number>> | undefined;
}

/** What a file has that tasks here have not: what becomes of it. */
export function SetAside({ tasks, leftOut = {} }: SetAsideProps) {
  const t = useT();
  const extras = countBy(
    tasks.flatMap(({ extras }) =>
      extras.map(({ kind, name }) => name ?? t(`transfer.extra.${kind}`)),
    ),
  );
  const lists = [...new Set(tasks.flatMap((task) => task.lists))];
  const left = leftOutKinds.filter((kind) => leftOut[kind]);
  if (extras.length + lists.length + left.length === 0) return null;
  return (
    <section className="mt-4 space-y-2 text-sm wrap-anywhere">
      {extras.length > 0 && (
        <div>
          <p>{t("transfer.extras")}</p>
          <ul className="mt-1 flex flex-wrap gap-x-3 text-muted">
            {extras.map(([kind, count]) => (
              <li key={kind}>{t("transfer.extra", { kind, count })}</li>
            ))}
          </ul>
        </div>
      )}
      {lists.length > 0 && (
        <p>{t("transfer.lists", { count: lists.length, names: namesOf(lists) })}</p>
      )}
      {left.map((kind) => (
        <p key={kind}>{t(`transfer.left.${kind}`, { count: leftOut[kind] ?? 0 })}</p>
      ))}
    </section>
  );
}

const namesOf = (lists: readonly string[]) =>
  lists
    .slice(0, 10)
    .map((list) => `#${list}`)
    .join(", ") + (lists.length > 10 ? " …" : "");

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
}
