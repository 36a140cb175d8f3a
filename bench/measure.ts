/** One row of the table: a measurement, its floor, and the noise of the machine. */
export interface Row {
  name: string;
  /** Medians, in `unit`. */
  ours: number;
  floor: number;
  unit: string;
  /**
   * `ours` divided by `floor`, or the inverse where more is better: less than 1 is always better than the
   * floor.
   */
  ratio: number;
  /** The spread of the floor's runs: (greatest - least) / median. `undefined` after a single run. */
  noise: number | undefined;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

/** Creates a row from the values of several runs. */
export function row(
  name: string,
  unit: string,
  ours: readonly number[],
  floor: readonly number[],
  better: "less" | "more" = "less",
): Row {
  const [mine, theirs] = [median(ours), median(floor)];
  const noise = floor.length > 1 ? (Math.max(...floor) - Math.min(...floor)) / theirs : undefined;
  return { name, unit, ours: mine, floor: theirs, ratio: better === "less" ? mine / theirs : theirs / mine, noise };
}

/** Creates a row of counts or bytes, which have no noise. */
export function exact(name: string, unit: string, ours: number, floor: number): Row {
  return {
    name,
    unit,
    ours,
    floor,
    ratio: floor === 0 ? (ours === 0 ? 1 : Number.POSITIVE_INFINITY) : ours / floor,
    noise: 0,
  };
}

/** Runs measurements in alternation, so that other load on the machine affects all of them. */
export async function inTurns<T, Works extends readonly (() => Promise<T>)[]>(
  runs: number,
  ...works: Works
): Promise<{ [Index in keyof Works]: Awaited<ReturnType<Works[Index]>>[] }> {
  const results = works.map((): T[] => []);
  for (let run = 0; run < runs; run++) {
    // The order rotates, because later measurements find warmer caches.
    for (let turn = 0; turn < works.length; turn++) {
      const index = (run + turn) % works.length;
      results[index]?.push((await works[index]?.()) as T);
    }
  }
  return results as { [Index in keyof Works]: Awaited<ReturnType<Works[Index]>>[] };
}

const number = (value: number): string => {
  if (!Number.isFinite(value)) return "-";
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
};

/** Formats rows as a Markdown table, without the head where it continues a table. */
export function table(rows: readonly Row[], head = true): string {
  const cells = rows.map(({ name, ours, floor, unit, ratio, noise }) => [
    name,
    `${number(ours)} ${unit}`,
    `${number(floor)} ${unit}`,
    ratio.toFixed(2),
    noise === undefined ? "one run" : noise === 0 ? "" : `±${Math.round(noise * 50)} %`,
  ]);
  const lines = head
    ? [["", "ours", "floor", "ratio", "noise"], ["---", "---:", "---:", "---:", "---:"], ...cells]
    : cells;
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}
