import { useT } from "../strings/provider.tsx";

/** What stands where the tasks will be. */
export function TaskSkeleton() {
  const t = useT();
  return (
    <div role="status">
      <span className="sr-only">{t("tasks.loading")}</span>
      <div aria-hidden className="border-t border-line motion-safe:animate-pulse">
        {["w-2/5", "w-3/5", "w-1/3"].map((width) => (
          <div key={width} className="flex h-14 items-center gap-3 border-b border-line px-3">
            <div className="size-5 rounded-full bg-calm" />
            <div className={`h-4 rounded bg-calm ${width}`} />
          </div>
        ))}
      </div>
    </div>
  );
}
