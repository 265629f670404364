/** What has become of the session that the tabs of one browser share. */
export type SessionNews = "ended" | "renewed";

export interface SessionChannel {
  /** Tells all other tabs. */
  tell: (news: SessionNews) => void;
  close: () => void;
}

export function openSessionChannel(onNews: (news: SessionNews) => void): SessionChannel {
  const channel = new BroadcastChannel("taskbridge.session");
  channel.onmessage = ({ data }: MessageEvent<SessionNews>) => onNews(data);
  return { tell: (news) => channel.postMessage(news), close: () => channel.close() };
}
