import { type CallbackEvent, createCallbackHandler, type KnownEventType } from "../../receiver";

/** Lines that must not compile. The compiler reports each line without an error. Never called. */
export function doesNotCompile(event: CallbackEvent): void {
  // @ts-expect-error a misspelt name of an event
  if (event.type === "streamBegan") return;
  // @ts-expect-error not every event has a sequence
  event.sequence;
  if (event.type !== "streamBegin") return;
  // @ts-expect-error the cloud's spelling is in the payload only
  event.event_time;
  // @ts-expect-error the begin of a stream has no duration
  event.pushDuration;
  // @ts-expect-error an event is read only
  event.streamId = "another";
  // @ts-expect-error a number is no text
  event.eventTime satisfies string;
  // @ts-expect-error no name of an event
  "streamMix" satisfies KnownEventType;
  createCallbackHandler({
    key: "key",
    onStreamBegin: (begin) => {
      begin.sequence satisfies string;
      // @ts-expect-error not a recording
      begin.videoUrl;
    },
    // @ts-expect-error no such handler
    onStreamBegan: () => {},
  });
  // @ts-expect-error a key is text
  createCallbackHandler({ key: 42 });
}
