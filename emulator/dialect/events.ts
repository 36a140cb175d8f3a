/**
 * What the public documents leave open about events and their record, each as one switch like those of
 * `dialectSwitches`: all values that are plausible, the default first. No call of the API can settle these; a
 * stream can.
 */
export const eventSwitches = {
  /**
   * Which rule counts where an app and its whole domain have one. Assumption: the console's manual says that
   * app rules narrow.
   */
  rulePrecedence: ["app", "domain"],
  /**
   * An event of a template without a key: without `t` and `sign`, or signed with an empty key. Source: a
   * published message.
   */
  unkeyedEvents: ["unsigned", "emptyKey"],
  /**
   * Do retries carry the `t` and `sign` of the first attempt, or new ones? Source: in the samples `t` follows
   * the event's time.
   */
  retrySignature: ["kept", "renewed"],
  /**
   * Do retries of an event that carries `sendTime` (image moderation) keep it, or carry the time at which
   * they are sent? Source: its table says when the callback was sent.
   */
  retrySendTime: ["kept", "renewed"],
  /**
   * How events are sent again whose pages do not say it: recording status and exception, audio audit, push
   * error. `newer`: three attempts in all, as the pages of newer events say. Assumption.
   */
  undocumentedRetries: ["push", "screenshot", "newer", "none"],
  /**
   * How long the cloud waits for the response to a push error: 20 s, or the 5 s that its payload names.
   * Source: general page.
   */
  pushExceptionTimeout: ["general", "payload"],
  /**
   * The `Content-Type` of callbacks: JSON, `text/plain`, or no such header. Source: a sibling product's
   * example.
   */
  callbackContentType: ["json", "text", "none"],
  /**
   * Which events DescribeCallbackRecordsList has: all, or 0, 1, 100 and 200, which its reference names.
   * Assumption.
   */
  loggedEvents: ["all", "documented"],
  /** How it shows request and response: encoded like a form, as in its example, or as plain text. */
  loggedText: ["encoded", "plain"],
} as const;

/**
 * One choice for every open question about events; `startEmulator({ dialect: { retrySignature: "renewed" }
 * })`.
 */
export type EventDialect = { readonly [K in keyof typeof eventSwitches]: (typeof eventSwitches)[K][number] };
