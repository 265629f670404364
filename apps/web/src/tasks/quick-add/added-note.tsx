import { Button } from "../../components/button.tsx";
import { useStrings } from "../../strings/provider.tsx";
import { nameOf } from "../names.ts";

interface AddedNoteProps {
  title: string;
  /** What was understood of the line. */
  understood: readonly string[];
  onTakeBack: () => void;
}

/** What the last line has become, and the way back to what was typed. */
export function AddedNote({ title, understood, onTakeBack }: AddedNoteProps) {
  const { t, locale } = useStrings();
  const parts = new Intl.ListFormat(locale, { type: "unit" }).format(understood);
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-1 text-sm text-muted">
      <p dir="auto" className="wrap-anywhere">
        {t("quickAdd.addedAs", { title: nameOf({ title }), parts })}
      </p>
      <Button kind="quiet" compact className="-ms-2.5" onClick={onTakeBack}>
        {t("quickAdd.asTyped")}
      </Button>
    </div>
  );
}
