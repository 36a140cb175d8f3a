/**
 * The types of the platform that the public types name. They are written here so that a program compiles with
 * the types of any platform, or with none.
 */

declare global {
  // Merged with the types that the program has of its platform; empty where it has none.
  interface Response {}
  interface AbortSignal {}
}

/** What is used of a web-standard `Request`, from whatever library. */
export interface WebRequest {
  /** The HTTP method. */
  readonly method: string;
  /** The headers, by name in any case. */
  readonly headers: {
    /** Returns the value of a header, `null` where it is absent. */
    get(name: string): string | null;
  };
  /** A stream of the body, `null` where there is none. */
  readonly body?: unknown;
}

/** What is used of an `http.IncomingMessage`, with the body where a framework like Express has parsed it. */
export interface NodeRequest {
  /** The HTTP method. */
  readonly method?: string | undefined;
  /** The headers, by their names in lower case. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** Whether the body was read from the request. */
  readonly readableDidRead: boolean;
  /** Whether all of the request has arrived. */
  readonly complete: boolean;
  /** What a body parser has made of the body. Absent: it was not read. */
  readonly body?: unknown;
}

/** What is used of an `http.ServerResponse`. */
export interface NodeResponse {
  /** Whether a response was begun. */
  readonly headersSent: boolean;
  /** Sets a header of the response. */
  setHeader(name: string, value: string): unknown;
  /** Begins the response. */
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  /** Sends the body, and ends the response. */
  end(text: string): unknown;
}
