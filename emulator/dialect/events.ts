/**
 * The open questions of the public documents about events and their record. Each has one switch, like those
 * of `dialectSwitches`: all plausible values, the default first. No API call can answer these questions; only
 * a stream can.
 */
export const eventSwitches = {
  /**
   * Which rule applies if an app and its whole domain both have one? Assumption: according to the console's
   * manual, the rule of an app is more specific.
   */
  rulePrecedence: ["app", "domain"],
  /**
   * Is an event of a template without a key sent without `t` and `sign`, or signed with an empty key? Source:
   * a published message.
   */
  unkeyedEvents: ["unsigned", "emptyKey"],
  /**
   * Do retries have the `t` and `sign` of the first attempt, or new ones? Source: in the samples, `t` depends
   * on the event's time.
   */
  retrySignature: ["kept", "renewed"],
  /**
   * Do retries of an event with `sendTime` (image moderation) keep it, or have the time at which they are
   * sent? Source: according to its table, it is when the callback was sent.
   */
  retrySendTime: ["kept", "renewed"],
  /**
   * How are events sent again whose retries are not documented: recording status and exception, audio audit,
   * push error? `newer`: three attempts in total, as documented for newer events. Assumption.
   */
  undocumentedRetries: ["push", "screenshot", "newer", "none"],
  /**
   * How long does the cloud wait for the response to a push error: 20 s, or the 5 s of its payload? Source:
   * the general page.
   */
  pushExceptionTimeout: ["general", "payload"],
  /**
   * The `Content-Type` of callbacks: JSON, `text/plain`, or no such header. Source: an example of a sibling
   * product.
   */
  callbackContentType: ["json", "text", "none"],
  /**
   * Which events does DescribeCallbackRecordsList return: all, or only 0, 1, 100 and 200, which its reference
   * lists? Assumption.
   */
  loggedEvents: ["all", "documented"],
  /** How does it return request and response: form-encoded, as in its example, or as plain text? */
  loggedText: ["encoded", "plain"],
} as const;

/**
 * One choice for every open question about events, for example
 * `startEmulator({ dialect: { retrySignature: "renewed" } })`.
 */
export type EventDialect = { readonly [K in keyof typeof eventSwitches]: (typeof eventSwitches)[K][number] };
