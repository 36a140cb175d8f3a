/**
 * The platform types that the public types use. They are declared here so that a program compiles with the
 * types of any platform, or with none.
 */

declare global {
  // Merged with the platform types of the program; empty if it has none.
  interface Response {}
  interface AbortSignal {}
}

/** The part of a web-standard `Request` that the handler uses, from any library. */
export interface WebRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The headers, by name in any case. */
  readonly headers: {
    /** Returns the value of a header, `null` if it is absent. */
    get(name: string): string | null;
  };
  /** A stream of the body, `null` if there is none. */
  readonly body?: unknown;
}

/** The part of an `http.IncomingMessage` that the handler uses, with the `body` that Express adds. */
export interface NodeRequest {
  /** The HTTP method. */
  readonly method?: string | undefined;
  /** The headers, by lower-case name. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** Whether the body was read from the request. */
  readonly readableDidRead: boolean;
  /** Whether the whole request has arrived. */
  readonly complete: boolean;
  /** The result of a body parser; absent if none has run. */
  readonly body?: unknown;
}

/** The part of an `http.ServerResponse` that the handler uses. */
export interface NodeResponse {
  /** Whether a response has begun. */
  readonly headersSent: boolean;
  /** Sets a header of the response. */
  setHeader(name: string, value: string): unknown;
  /** Begins the response. */
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  /** Sends the body, and ends the response. */
  end(text: string): unknown;
}
