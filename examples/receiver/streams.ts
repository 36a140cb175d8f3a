import type { EventOf } from "pulumi-tencentcloud-live/receiver";

/** How many pushes and recordings are kept. */
const KEPT = 10_000;

/** The stream of a push, and its start in UNIX seconds. */
export interface Push {
  stream: string;
  since: number;
}

/**
 * The state of the service: the live streams and the recordings. It is in memory to keep the example small; a
 * real service uses database tables with the same keys.
 *
 * Every method is idempotent, and the methods may be called in any order: the service may restart between two
 * copies of an event, and the end event of a push may arrive before its begin event.
 */
export class Streams {
  /** By `sequence`, which the begin and end events of a push share. */
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

  /** The signature of the message does not cover the URL: look up the file before you pass the URL on. */
  addRecording({ fileId, videoUrl }: EventOf<"record">): void {
    keep(this.recordings, fileId, videoUrl);
  }

  counts(): { live: number; recordings: number } {
    return { live: this.live.size, recordings: this.recordings.size };
  }
}

/** Adds a member, and drops the oldest ones beyond the limit: without a limit, memory could be exhausted. */
function keep<T>(members: Map<string, T>, key: string, value: T): void {
  members.set(key, value);
  for (const oldest of members.keys()) {
    if (members.size <= KEPT) return;
    members.delete(oldest);
  }
}
