import { isLoopbackHost } from "../../provider/api/contract/hosts";

/** Which callbacks are really sent, and where to: see `EmulatorOptions.deliverTo`. */
export type DeliverTo = "thisMachine" | "anywhere" | (string & {});

/** Refuses an option that is neither of the two words nor the origin of a receiver. */
export function checkedDeliverTo(deliverTo: DeliverTo): DeliverTo {
  if (deliverTo === "thisMachine" || deliverTo === "anywhere" || isOrigin(deliverTo)) return deliverTo;
  throw new Error(
    `deliverTo is "thisMachine", "anywhere" or the URL of a receiver without a path, for example http://127.0.0.1:3000; got "${deliverTo}"`,
  );
}

/** Whether a text is an `http:` or `https:` URL of a host and nothing more. */
export function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** Where a callback to this URL is really sent; `undefined`: nowhere, as it would leave this machine. */
export function targetOf(template: string, deliverTo: DeliverTo): URL | undefined {
  const url = new URL(template);
  if (deliverTo === "anywhere") return url;
  if (deliverTo === "thisMachine") return isLoopbackHost(url.hostname) ? url : undefined;
  return new URL(`${new URL(deliverTo).origin}${url.pathname}${url.search}`);
}
