import { closest, distance } from "fastest-levenshtein";

/** Returns the known name closest to a mistyped one, regardless of case; `undefined` where none is close. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const lowerCase = name.toLowerCase();
  const near = closest(
    lowerCase,
    known.map((one) => one.toLowerCase()),
  );
  if (distance(lowerCase, near) > Math.max(2, name.length / 4)) return undefined;
  return known.find((one) => one.toLowerCase() === near);
}
