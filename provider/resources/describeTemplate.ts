import type { TemplateInfo } from "../api/contract/live";
import { isNotFound } from "../api/errors";
import type { Operation } from "../operation";

/** A template as the API describes it by its id; `undefined` where it says that there is none. */
export async function describeTemplate(operation: Operation, templateId: number): Promise<TemplateInfo | undefined> {
  const request = { TemplateId: templateId };
  try {
    return (await operation.client.call("DescribeLiveCallbackTemplate", request, operation.budget)).Template;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
