import type { Line } from "./narrator";

/** The number of steps in the picture. The whole demo would be too long for a README. */
const STEPS = 3;
const COLUMNS = 108;
const FONT_SIZE = 13;
const LINE_HEIGHT = 19;
/** The width of a character as a fraction of the font size, the same in all common monospaced fonts. */
const CHARACTER = 0.602;
const MARGIN = 18;
const TITLE_BAR = 30;

const COLORS: Record<Line["kind"], string> = {
  step: "#f0f6fc",
  output: "#8b949e",
  receiver: "#79c0ff",
  check: "#7ee787",
};

/** Lines that the CLI prints while it waits, and the first of its two lines for each resource. */
const PROGRESS = /^@ |(creating|deleting|updating) \(\d+s\)/;

/** Draws the first steps of the demo as a terminal, in SVG. */
export function picture(transcript: readonly Line[]): string {
  const lines = [{ kind: "step", text: "$ npm run demo" } as Line, ...firstSteps(transcript)];
  const width = Math.ceil(COLUMNS * CHARACTER * FONT_SIZE) + 2 * MARGIN;
  const height = TITLE_BAR + lines.length * LINE_HEIGHT + 2 * MARGIN;
  const texts = lines.map((line, index) => draw(line, Math.round(TITLE_BAR + MARGIN + (index + 0.7) * LINE_HEIGHT)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    "<title>npm run demo in a terminal</title>",
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    ...["#ff5f56", "#ffbd2e", "#27c93f"].map(
      (color, index) => `<circle cx="${MARGIN + 6 + index * 20}" cy="18" r="6" fill="${color}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}">`,
    ...texts,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function firstSteps(transcript: readonly Line[]): Line[] {
  const isShown = ({ kind, text }: Line) => !(kind === "output" && PROGRESS.test(text.trim()));
  const next = transcript.findIndex(({ kind, text }) => kind === "step" && text.startsWith(`${STEPS + 1}. `));
  return transcript.slice(0, next < 0 ? undefined : next).filter(isShown);
}

function draw({ kind, text }: Line, y: number): string {
  const indented = kind === "step" ? text : `  ${text}`;
  const shown = indented.length > COLUMNS ? `${indented.slice(0, COLUMNS - 1)}…` : indented;
  const weight = kind === "step" ? ' font-weight="600"' : "";
  return `<text x="${MARGIN}" y="${y}" fill="${COLORS[kind]}"${weight} xml:space="preserve">${escaped(shown)}</text>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
