/** What has become of a user's session, which the tabs of one browser share. */
export type SessionNews = "ended" | "renewed";

export interface SessionChannel {
  /** Tells this user's other tabs, and none of somebody else who has signed in meanwhile. */
  tell: (news: SessionNews) => void;
  close: () => void;
}

export function openSessionChannel(
  userId: string,
  onNews: (news: SessionNews) => void,
): SessionChannel {
  const channel = new BroadcastChannel(`taskbridge.session.${userId}`);
  channel.onmessage = ({ data }: MessageEvent<SessionNews>) => onNews(data);
  return { tell: (news) => channel.postMessage(news), close: () => channel.close() };
}
