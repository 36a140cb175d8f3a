import { closest, distance } from "fastest-levenshtein";

/** The known name that a mistyped one was probably meant to be, whatever its case; `undefined` where none is close. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const lowerCase = name.toLowerCase();
  const near = closest(
    lowerCase,
    known.map((one) => one.toLowerCase()),
  );
  if (distance(lowerCase, near) > Math.max(2, name.length / 4)) return undefined;
  return known.find((one) => one.toLowerCase() === near);
}
