import { md5 as md5Of } from "@noble/hashes/legacy";
import { sha256 as sha256Of } from "@noble/hashes/sha2";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils";

// No API of all runtimes has both: `node:crypto` is missing in browsers' bundles and in Workers without a flag, and the
// Web Crypto API has no MD5 and cannot be called without waiting.

/** The MD5 of a text in UTF-8, as lower-case hexadecimal: what the cloud signs with. */
export const md5 = (text: string): string => bytesToHex(md5Of(utf8ToBytes(text)));

/** The SHA-256 of a text in UTF-8, as lower-case hexadecimal: for ids of events. */
export const sha256 = (text: string): string => bytesToHex(sha256Of(utf8ToBytes(text)));
