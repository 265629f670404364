"use client";

import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { useFailureText } from "../trpc/use-failure-text.ts";

interface ListTroubleProps {
  list: {
    error: unknown;
    isFetching: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
}

/** Why a list, or more of it, is not there, and another try. */
export function ListTrouble({ list }: ListTroubleProps) {
  const t = useT();
  const textOf = useFailureText();
  return (
    <div className="my-3 space-y-3 rounded-card border border-line bg-surface p-4">
      <Notice>{textOf(list.error)}</Notice>
      <Button
        busy={list.isFetching}
        onClick={() => (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
      >
        {t("error.retry")}
      </Button>
    </div>
  );
}
