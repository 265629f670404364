import { SelectField, TextArea, TextField } from "./field.tsx";
import { type DraftField, priorityNames, type TaskDraft } from "./task-fields.ts";

interface DraftFieldsProps {
  draft: TaskDraft;
  onChange: (draft: TaskDraft) => void;
  /** What the server refused, by field. */
  errors: Partial<Record<string, string>>;
}

/** What both forms have: when, and how urgent. */
export function DueAndPriority({ draft, onChange, errors, hints = {} }: EditFieldsProps) {
  return (
    <>
      <TextField
        label="Due"
        type="date"
        min="0001-01-01"
        max="9999-12-31"
        value={draft.dueDate}
        onChange={(event) => onChange({ ...draft, dueDate: event.target.value })}
        error={errors.dueDate}
        hint={hints.dueDate}
      />
      <SelectField
        label="Priority"
        value={draft.priority}
        onChange={(event) =>
          onChange({ ...draft, priority: event.target.value as TaskDraft["priority"] })
        }
        error={errors.priority}
        hint={hints.priority}
      >
        {Object.entries(priorityNames).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

interface EditFieldsProps extends DraftFieldsProps {
  hints?: Partial<Record<DraftField, string>>;
}

/** All that can be edited of a task. */
export function EditFields(props: EditFieldsProps) {
  const { draft, onChange, errors, hints = {} } = props;
  return (
    <>
      <TextField
        label="Title"
        className="sm:col-span-2"
        dir="auto"
        value={draft.title}
        onChange={(event) => onChange({ ...draft, title: event.target.value })}
        error={errors.title}
        hint={hints.title}
        autoComplete="off"
        // Whoever opens the form means to type into it.
        autoFocus
        required
      />
      <TextArea
        label="Notes"
        className="sm:col-span-2"
        dir="auto"
        value={draft.notes}
        onChange={(event) => onChange({ ...draft, notes: event.target.value })}
        error={errors.notes}
        hint={hints.notes}
      />
      <DueAndPriority {...props} />
      <TextField
        label="Tags"
        className="sm:col-span-2"
        dir="auto"
        value={draft.tags}
        onChange={(event) => onChange({ ...draft, tags: event.target.value })}
        error={errors.tags}
        hint={hints.tags ?? "Separated by commas."}
        autoComplete="off"
      />
    </>
  );
}
