/**
 * MD5, which the cloud signs with, and SHA-256, for ids of events.
 *
 * They are written here because no API of all runtimes has them: `node:crypto` is missing in browsers' bundles and
 * in Workers without a flag, and the Web Crypto API has no MD5 and cannot be called without waiting.
 */

/** The MD5 of a text in UTF-8, as lower-case hexadecimal. @see https://www.rfc-editor.org/rfc/rfc1321 */
export function md5(text: string): string {
  const words = paddedWords(text, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let offset = 0; offset < words.length; offset += 16) addMd5Block(state, words, offset);
  return hexadecimal(state, true);
}

/** The SHA-256 of a text in UTF-8, as lower-case hexadecimal. @see https://www.rfc-editor.org/rfc/rfc6234 */
export function sha256(text: string): string {
  const words = paddedWords(text, false);
  const state = fractions(8, Math.sqrt);
  for (let offset = 0; offset < words.length; offset += 16) addSha256Block(state, words, offset);
  return hexadecimal(state, false);
}

/** A text in words of 32 bits, with the padding and the length that both algorithms put at the end. */
function paddedWords(text: string, littleEndian: boolean): Uint32Array {
  const bytes = new TextEncoder().encode(text);
  const length = (bytes.length + 72) & ~63;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - (littleEndian ? 8 : 4), bytes.length << 3, littleEndian);
  view.setUint32(length - (littleEndian ? 4 : 8), Math.floor(bytes.length / 2 ** 29), littleEndian);
  const words = new Uint32Array(length / 4);
  for (let index = 0; index < words.length; index++) words[index] = view.getUint32(index * 4, littleEndian);
  return words;
}

function hexadecimal(words: readonly number[], littleEndian: boolean): string {
  const view = new DataView(new ArrayBuffer(4));
  let text = "";
  for (const word of words) {
    view.setUint32(0, word, littleEndian);
    text += view.getUint32(0).toString(16).padStart(8, "0");
  }
  return text;
}

const MD5_SINES = Uint32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));
/** How far each step rotates, by round and position. */
const MD5_ROTATIONS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

function addMd5Block(state: number[], words: Uint32Array, offset: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const word = words[offset + md5Index(round, step)] ?? 0;
    const sum = (a + md5Mix(round, b, c, d) + (MD5_SINES[step] ?? 0) + word) | 0;
    const rotation = MD5_ROTATIONS[round * 4 + (step & 3)] ?? 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << rotation) | (sum >>> (32 - rotation)))) | 0;
  }
  add(state, [a, b, c, d]);
}

/** The word of the block that a step adds. */
function md5Index(round: number, step: number): number {
  if (round === 0) return step;
  if (round === 1) return (5 * step + 1) & 15;
  return (round === 2 ? 3 * step + 5 : 7 * step) & 15;
}

function md5Mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

/** The first 32 bits of the fractions of the roots of the first primes, which SHA-256 takes as constants. */
function fractions(count: number, root: (prime: number) => number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32));
}

const SHA256_CONSTANTS = Uint32Array.from(fractions(64, Math.cbrt));
const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function addSha256Block(state: number[], words: Uint32Array, offset: number): void {
  const schedule = sha256Schedule(words.subarray(offset, offset + 16));
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let step = 0; step < 64; step++) {
    const sumE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sumE + choice + (SHA256_CONSTANTS[step] ?? 0) + (schedule[step] ?? 0)) | 0;
    const sumA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumA + majority) | 0;
  }
  add(state, [a, b, c, d, e, f, g, h]);
}

function sha256Schedule(block: Uint32Array): Uint32Array {
  const words = new Uint32Array(64);
  words.set(block);
  for (let index = 16; index < 64; index++) {
    const early = words[index - 15] ?? 0;
    const late = words[index - 2] ?? 0;
    const sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[index] = (words[index - 16] ?? 0) + sigma0 + (words[index - 7] ?? 0) + sigma1;
  }
  return words;
}

function add(state: number[], words: readonly number[]): void {
  words.forEach((word, index) => {
    state[index] = ((state[index] ?? 0) + word) | 0;
  });
}
