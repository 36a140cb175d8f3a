import { type Answer, type Answers, type Switch, Unsettled } from "./answers";
import { type Bench, EXIT, type Tool } from "./command";
import { Lab } from "./lab";
import { questions } from "./questions";
import { report, verdict } from "./report";

/** How long a change may take to show in lists and reads. */
const SETTLE_MS = 5_000;

/** Asks a real account what the public documents leave open, and prints the emulator's dialect that behaves alike. */
export const probe: Tool = {
  name: "probe",
  description:
    "Settles what the public documents of the callback API leave open, by trying it: makes a few templates and rules, " +
    "looks at what happens, and removes them. Prints the matching dialect of the emulator as JSON on stdout, everything " +
    "else on stderr.",
  exitCodes: "0 all settled, 1 failure or interruption, 2 usage, 3 some questions are not settled.",
  plan: ({ domain, otherDomain }) => [
    `look whether ${domain} is an enabled push domain without callback rules`,
    "make templates, never more than 4 at once, change them and read them back",
    `make rules for the whole of ${domain}, for apps of it and for one name below it that does not exist`,
    ...(otherDomain ? [`make a rule for an app of ${otherDomain}`] : []),
    `answer ${Object.keys(questions).length} questions: ${Object.keys(questions).join(", ")}`,
    "delete everything that it made",
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

/** Asks one question after the other; each starts with nothing of the one before. */
async function askAll(lab: Lab, { print }: Bench): Promise<Answers> {
  const answers: Partial<Record<Switch, Answer<unknown>>> = {};
  for (const [name, { asks, find }] of Object.entries(questions)) {
    print(`${name}: ${asks}`);
    const response: Answer<unknown> = await find(lab, answers as Answers).catch(open);
    await lab.tidy();
    answers[name as Switch] = response;
    print(`  => ${verdict(response)}`);
  }
  return answers as Answers;
}

function open(error: unknown): Answer<never> {
  if (error instanceof Unsettled) return { kind: "open", why: error.message };
  throw error;
}

/** The switches that are settled; the emulator takes its defaults for the others. */
function dialectOf(answers: Answers): Record<string, unknown> {
  const entries = Object.entries(answers).flatMap(([name, answer]) =>
    answer.kind === "settled" ? [[name, answer.value]] : [],
  );
  return Object.fromEntries(entries);
}
