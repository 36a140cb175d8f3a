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
  readonly method: string;
  readonly headers: { get(name: string): string | null };
  /** A stream of the body, `null` where there is none. */
  readonly body?: unknown;
}

/** What is used of an `http.IncomingMessage`, with the body where a framework like Express has parsed it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** Whether the body was read from the request. */
  readonly readableDidRead: boolean;
  /** Whether all of the request has arrived. */
  readonly complete: boolean;
  readonly body?: unknown;
}

/** What is used of an `http.ServerResponse`. */
export interface NodeResponse {
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  end(text: string): unknown;
}
