/** The name, with the sign that a tab shows. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2 font-semibold">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-6">
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <path
          d="m8 17 5 5 11-12"
          fill="none"
          strokeWidth="4"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
      </svg>
      Taskbridge
    </span>
  );
}
