import type { Priority } from "@taskbridge/contract/rules";
import { type ReactNode, useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { useT } from "../../strings/provider.tsx";
import { useFailureText } from "../../trpc/use-failure-text.ts";
import { TaskDetails } from "../task-details.tsx";
import { FileFaults } from "./file-faults.tsx";
import type { PreparedTask } from "./prepare.ts";
import type { DayOrder } from "./read-day.ts";
import { SetAside } from "./set-aside.tsx";
import type { ChosenFile } from "./use-file.ts";

/** How many of its tasks are shown. */
const SHOWN = 5;

interface ImportPreviewProps {
  chosen: Extract<ChosenFile, { state: "read" }>;
  onOrder: (order: DayOrder) => void;
  onImport: (tasks: readonly PreparedTask["value"][]) => void;
}

/** What is in a file, before anything of it is sent. */
export function ImportPreview({ chosen, onOrder, onImport }: ImportPreviewProps) {
  const t = useT();
  const textOf = useFailureText();
  const { name, file, prepared, present } = chosen;
  const { tasks, faults } = prepared;
  const skipId = useId();
  const [skipping, setSkipping] = useState(true);
  const isHere = present instanceof Set ? present : new Set<PreparedTask>();
  const taken = skipping ? tasks.filter((task) => !isHere.has(task)) : tasks;
  const order = file.guessedOrder;
  return (
    <div className="mt-1">
      <p className="text-sm text-muted wrap-anywhere">
        {t("transfer.source", { name, source: t(`transfer.source.${file.source}`) })}
      </p>
      {file.encoding === "windows-1252" && <Remark>{t("transfer.windows1252")}</Remark>}
      {present === "looking" && <Remark>{t("transfer.presentChecking")}</Remark>}
      {typeof present === "object" && "error" in present && (
        <Remark>{t("transfer.presentUnknown", { reason: textOf(present.error) })}</Remark>
      )}
      {isHere.size > 0 && <Remark>{t("transfer.present", { count: isHere.size })}</Remark>}
      {isHere.size > 0 && (
        <div className="flex items-center text-sm">
          <Checkbox
            id={skipId}
            shape="square"
            label={t("transfer.skipPresent")}
            checked={skipping}
            onChange={(event) => setSkipping(event.target.checked)}
          />
          <label htmlFor={skipId}>{t("transfer.skipPresent")}</label>
        </div>
      )}
      {order && (
        <Remark>
          {t(`transfer.dayOrder.${order}`)}{" "}
          <Button
            compact
            className="mt-1"
            onClick={() => onOrder(order === "day" ? "month" : "day")}
          >
            {t(order === "day" ? "transfer.dayOrder.toMonth" : "transfer.dayOrder.toDay")}
          </Button>
        </Remark>
      )}
      {tasks.length > 0 && <FirstTasks tasks={tasks} />}
      <SetAside tasks={tasks} leftOut={file.leftOut} />
      {faults.length > 0 && <FileFaults faults={faults} />}
      {tasks.length > 0 && (
        <div className="mt-4">
          {taken.length > 0 ? (
            <Button
              kind="primary"
              className="max-sm:w-full"
              busy={present === "looking"}
              onClick={() => onImport(taken.map(({ value }) => value))}
            >
              {t("transfer.begin", { count: taken.length })}
            </Button>
          ) : (
            <p>{t("transfer.nothingNew")}</p>
          )}
        </div>
      )}
    </div>
  );
}

const Remark = ({ children }: { children: ReactNode }) => (
  <p className="mt-2 text-sm">{children}</p>
);

function FirstTasks({ tasks }: { tasks: readonly PreparedTask[] }) {
  const t = useT();
  const shown = tasks.slice(0, SHOWN);
  return (
    <section className="mt-4">
      <h3 className="text-sm font-medium">{t("transfer.firstOf", { count: shown.length })}</h3>
      <ul className="mt-1 divide-y divide-line rounded-control border border-line">
        {shown.map(({ value }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change, and may be alike.
          <li key={at} className="px-3 py-2">
            <p
              dir="auto"
              className={`wrap-anywhere ${value.completed ? "text-muted line-through" : ""}`}
            >
              {value.title}
              {value.completed === true && (
                <span className="sr-only"> ({t("field.completedYes")})</span>
              )}
            </p>
            {value.notes !== "" && (
              <p
                dir="auto"
                className="line-clamp-2 text-sm whitespace-pre-line text-muted wrap-anywhere"
              >
                {value.notes}
              </p>
            )}
            <TaskDetails
              task={{
                dueDate: typeof value.dueDate === "string" ? value.dueDate : null,
                priority: (value.priority ?? "none") as Priority,
                tags: value.tags,
                completed: value.completed === true,
                completedAt: typeof value.completedAt === "string" ? value.completedAt : null,
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
