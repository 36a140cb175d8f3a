import type { OpMap, Stack } from "@pulumi/pulumi/automation";
import { customerStack } from "./customerStack";
import { customers } from "./customers";
import { failuresIn, retrying } from "./failures";

type Operation = (stack: Stack) => Promise<OpMap | undefined>;

const OPERATIONS: Record<string, Operation> = {
  preview: async (stack) => (await stack.preview()).changeSummary,
  up: async (stack) => (await stack.up()).summary.resourceChanges,
  drift: async (stack) => {
    const { same, ...drift } = (await stack.previewRefresh()).changeSummary;
    if (Object.keys(drift).length > 0) throw new Error(`the cloud is not what was deployed: ${JSON.stringify(drift)}`);
    return { same };
  },
  destroy: async (stack) => (await stack.destroy()).summary.resourceChanges,
};

/** Runs an operation for one customer. A failure is printed and sets the exit code; other customers go on. */
async function run(operation: Operation, name: string): Promise<void> {
  const customer = customers[name];
  try {
    if (!customer) throw new Error("there is no such customer in customers.ts");
    const stack = await customerStack(name, customer);
    console.log(`${name}: ${JSON.stringify(await retrying(() => operation(stack)))}`);
  } catch (error) {
    process.exitCode = 1;
    const failures = failuresIn(error);
    for (const { code, message } of failures) console.error(`${name}: ${code}: ${message}`);
    if (failures.length === 0) console.error(`${name}: ${error}`);
  }
}

async function main([command = "", ...names]: string[]): Promise<void> {
  const operation = OPERATIONS[command];
  if (!operation) throw new Error(`usage: npm start -- ${Object.keys(OPERATIONS).join("|")} [customer…]`);
  const wanted = names.length > 0 ? names : Object.keys(customers);
  await Promise.all(wanted.map((name) => run(operation, name)));
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
