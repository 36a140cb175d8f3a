import { domainToASCII, domainToUnicode } from "node:url";

/** The API's endpoints; the live product has one for all regions. */
export const LIVE_ENDPOINT = "https://live.tencentcloudapi.com";
export const STS_ENDPOINT = "https://sts.tencentcloudapi.com";
/**
 * The metadata service, which gives an instance the keys of its role; plain HTTP within the instance's
 * network.
 */
export const METADATA_ENDPOINT = "http://metadata.tencentyun.com";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/**
 * Returns whether a host, without its port, is this machine: a name or an address that resolves to loopback
 * only.
 */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Returns whether a host, without its port, is one of the cloud's API: at either site, for any product. */
export function isCloudHost(host: string): boolean {
  return /(?:^|\.)tencentcloudapi\.com\.?$/i.test(host);
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/**
 * Returns whether a text is the ASCII form of a host name: at least two labels, the last one with a letter.
 */
export function isHostName(name: string): boolean {
  const labels = name.split(".");
  const topLevel = labels.at(-1) ?? "";
  return (
    name.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) && /[a-z]/i.test(topLevel)
  );
}

/**
 * Converts a host name to its canonical form: ASCII, lower case, without the trailing dot. Returns `""` if it
 * is invalid.
 */
export function canonicalDomain(name: string): string {
  const ascii = domainToASCII(name.replace(/\.$/, ""));
  // Node 24 accepts a label that begins with `xn--` but is not valid Punycode.
  const isPunycode =
    !ascii.includes("xn--") ||
    !domainToUnicode(ascii)
      .split(".")
      .some((label) => /^xn--/.test(label));
  return isPunycode ? ascii : "";
}
