/** What stands where the tasks will be. */
export function TaskSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">Loading your tasks …</span>
      <div aria-hidden className="space-y-2 motion-safe:animate-pulse">
        {[1, 2, 3].map((row) => (
          <div key={row} className="h-16 rounded-2xl bg-calm" />
        ))}
      </div>
    </div>
  );
}
