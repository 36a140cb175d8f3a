import { RunError } from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { CallbackTemplate } from "pulumi-tencentcloud-live";
import type { Customer } from "./customers";

/** Selects the stack of a customer, or creates it. */
export async function customerStack(stackName: string, customer: Customer): Promise<Stack> {
  const program = async () => {
    const variable = `CALLBACK_KEY_${stackName.toUpperCase()}`;
    const callbackKey = process.env[variable];
    // An update without the key would clear the key of the template.
    if (!callbackKey) throw new RunError(`${variable} is not set`);
    const hooks = new CallbackTemplate("hooks", {
      streamBeginNotifyUrl: customer.receiver,
      streamEndNotifyUrl: customer.receiver,
      recordNotifyUrl: customer.receiver,
      callbackKey,
    });
    hooks.bindTo(customer.domains);
    return { templateId: hooks.templateId };
  };
  // The engine looks for the provider in this folder and those above, wherever this process was started.
  const options = { workDir: __dirname };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "automation-api", program },
    options,
  );
  await stack.setConfig("tencentcloud-live:allowedAccountIds", { value: customer.accountId });
  return stack;
}
