import type { EventOf } from "pulumi-tencentcloud-live/receiver";

/** How many pushes and recordings are remembered. */
const KEPT = 10_000;

/** Where a push goes, and since when, in UNIX seconds. */
export interface Push {
  stream: string;
  since: number;
}

/**
 * What the service knows: which streams are live, and their recordings. In memory to keep the example small; in a real
 * service these are tables, with the same keys.
 *
 * Every method may be called again with the same event, and in any order: the service may restart between two copies of
 * an event, and the end of a push may come before its begin.
 */
export class Streams {
  /** By `sequence`, which the begin and the end of one push share. */
  private readonly live = new Map<string, Push>();
  private readonly ended = new Map<string, true>();
  private readonly recordings = new Map<string, string>();

  begin({ sequence, domainName, appName, streamId, eventTime }: EventOf<"streamBegin">): void {
    if (this.ended.has(sequence)) return;
    keep(this.live, sequence, { stream: `${domainName}/${appName}/${streamId}`, since: eventTime });
  }

  end({ sequence }: EventOf<"streamEnd">): void {
    this.live.delete(sequence);
    keep(this.ended, sequence, true);
  }

  /** The URL comes with a message whose signature does not cover it: look the file up before you hand it on. */
  addRecording({ fileId, videoUrl }: EventOf<"record">): void {
    keep(this.recordings, fileId, videoUrl);
  }

  counts(): { live: number; recordings: number } {
    return { live: this.live.size, recordings: this.recordings.size };
  }
}

/** Adds a member, and drops the oldest beyond the limit: what is not bounded can be filled up. */
function keep<T>(members: Map<string, T>, key: string, value: T): void {
  members.set(key, value);
  for (const oldest of members.keys()) {
    if (members.size <= KEPT) return;
    members.delete(oldest);
  }
}
