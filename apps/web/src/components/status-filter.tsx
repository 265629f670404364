import type { TaskQuery } from "@taskbridge/contract";

const choices = [
  ["open", "Open"],
  ["completed", "Completed"],
  ["all", "All"],
] as const satisfies [TaskQuery["status"], string][];

interface StatusFilterProps {
  status: TaskQuery["status"];
  onChange: (status: TaskQuery["status"]) => void;
}

export function StatusFilter({ status, onChange }: StatusFilterProps) {
  return (
    <fieldset className="flex gap-2">
      <legend className="sr-only">Which tasks to show</legend>
      {choices.map(([value, label]) => (
        <label
          key={value}
          className="flex min-h-11 cursor-pointer items-center rounded-full border border-line bg-surface px-4 has-checked:border-transparent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="status"
            className="sr-only"
            checked={status === value}
            onChange={() => onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
