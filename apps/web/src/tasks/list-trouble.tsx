"use client";

import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { useT } from "../strings/provider.tsx";
import { failureOf } from "../trpc/failure.ts";
import { failureText } from "../trpc/failure-text.ts";
import { isWorthTryingAgain } from "../trpc/try-again.ts";
import { plainView } from "./model/view.ts";
import { useView } from "./use-view.ts";

interface ListTroubleProps {
  list: {
    error: unknown;
    isFetching: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
}

/** Why a list, or more of it, is not there, and what can be done about it. */
export function ListTrouble({ list }: ListTroubleProps) {
  const t = useT();
  const failure = failureOf(list.error);
  return (
    <div className="my-3 space-y-3 rounded-card border border-line bg-surface p-4">
      <Notice>{failureText(failure, t)}</Notice>
      {isWorthTryingAgain(failure) ? (
        <Button
          busy={list.isFetching}
          onClick={() => (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
        >
          {t("error.retry")}
        </Button>
      ) : (
        <OtherWay list={list} isRefused={failure.code === "validation_failed"} />
      )}
    </div>
  );
}

/** Where the same call would fail again. */
function OtherWay({ list, isRefused }: ListTroubleProps & { isRefused: boolean }) {
  const t = useT();
  const { state, show } = useView();
  if (list.isFetchNextPageError) {
    return (
      <Button busy={list.isFetching} onClick={() => list.refetch()}>
        {t("tasks.readAnew")}
      </Button>
    );
  }
  if (isRefused) {
    return (
      <Button onClick={() => show({ ...plainView, view: state.view })}>
        {t("tasks.clearFilters")}
      </Button>
    );
  }
  return <Button onClick={() => window.location.reload()}>{t("loading.reload")}</Button>;
}
