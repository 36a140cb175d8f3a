import { type Answer, type Answers, type Switch, Unsettled } from "./answers";
import { type Bench, EXIT, type Tool } from "./command";
import { Lab } from "./lab";
import { questions } from "./questions";
import { report, verdict } from "./report";

/** How long a change may take to become visible in lists and reads, in milliseconds. */
const SETTLE_MS = 5_000;

/**
 * Tries in a real account what the public documents leave open, and prints the matching dialect of the
 * emulator.
 */
export const probe: Tool = {
  name: "probe",
  description:
    "Tries what the public documents of the callback API leave open: creates a few templates and rules, observes " +
    "the behaviour, and deletes them. Prints the matching dialect of the emulator as JSON to stdout, and everything " +
    "else to stderr.",
  exitCodes: "0 all questions settled; 1 failure or interruption; 2 usage error; 3 some questions not settled.",
  plan: ({ domain, otherDomain }) => [
    `check that ${domain} is an enabled push domain without callback rules`,
    "create templates, at most 4 at a time, change them and read them back",
    `create rules for ${domain}, for apps of it and for a subdomain that does not exist`,
    ...(otherDomain ? [`create a rule for an app of ${otherDomain}`] : []),
    `answer ${Object.keys(questions).length} questions: ${Object.keys(questions).join(", ")}`,
    "delete everything that it created",
  ],

  async work(bench) {
    const answers = await askAll(makeLab(bench), bench);
    return {
      exitCode: Object.values(answers).some(({ kind }) => kind === "open") ? EXIT.unsettled : EXIT.done,
      conclude: () => {
        bench.print(`\n${report(answers)}`);
        bench.output(JSON.stringify(dialectOf(answers), null, 2));
      },
    };
  },
};

function makeLab({ wire, owner, run, choices, print, settleMs = SETTLE_MS }: Bench): Lab {
  const { domain, otherDomain, callbackUrl } = choices;
  const indented = (line: string) => print(`  ${line}`);
  return new Lab({ wire, owner, run, domain, otherDomain, callbackUrl, print: indented, settleMs });
}

/**
 * Answers the questions one after the other. Each question starts without templates and rules of the previous
 * one.
 */
async function askAll(lab: Lab, { print }: Bench): Promise<Answers> {
  const answers: Partial<Record<Switch, Answer<unknown>>> = {};
  for (const [name, { text, find }] of Object.entries(questions)) {
    print(`${name}: ${text}`);
    const answer: Answer<unknown> = await find(lab, answers as Answers).catch(open);
    await lab.tidy();
    answers[name as Switch] = answer;
    print(`  => ${verdict(answer)}`);
  }
  return answers as Answers;
}

function open(error: unknown): Answer<never> {
  if (error instanceof Unsettled) return { kind: "open", why: error.message };
  throw error;
}

/** Returns the settled switches. The emulator uses its defaults for the others. */
function dialectOf(answers: Answers): Record<string, unknown> {
  const entries = Object.entries(answers).flatMap(([name, answer]) =>
    answer.kind === "settled" ? [[name, answer.value]] : [],
  );
  return Object.fromEntries(entries);
}
