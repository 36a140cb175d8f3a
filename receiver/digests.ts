import { md5 as md5Of } from "@noble/hashes/legacy";
import { sha256 as sha256Of } from "@noble/hashes/sha2";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils";

// No API that all runtimes share has both digests. `node:crypto` is missing in browser bundles and in Workers
// without a flag. The Web Crypto API has no MD5 and is asynchronous.

/** The MD5 of a text in UTF-8, as lower-case hexadecimal. Used for signatures. */
export const md5 = (text: string): string => bytesToHex(md5Of(utf8ToBytes(text)));

/** The SHA-256 of a text in UTF-8, as lower-case hexadecimal. Used for event ids. */
export const sha256 = (text: string): string => bytesToHex(sha256Of(utf8ToBytes(text)));
