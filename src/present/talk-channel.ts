import { talkMessage, type TalkMessage } from "./talk-messages.ts";

/** The stage and the presenter's windows of one lesson, in this browser. */
export interface TalkChannel extends Disposable {
  send(message: TalkMessage): void;
}

/** What is no message of ours is dropped: any page of the site may write to the channel. */
export function openTalkChannel(lesson: string, take: (message: TalkMessage) => void): TalkChannel {
  const channel = new BroadcastChannel(`drydock:talk:${lesson}`);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const { success, data: message } = talkMessage.safeParse(data);
    if (success) take(message);
  };
  return {
    send: (message) => channel.postMessage(message),
    [Symbol.dispose]: () => channel.close(),
  };
}
