import type { TemplateInfo } from "../api/contract/live";
import { isNotFound } from "../api/errors";
import type { Operation } from "../operation";

/** Requests a template by its id. Returns `undefined` if the API reports that it does not exist. */
export async function describeTemplate(operation: Operation, templateId: number): Promise<TemplateInfo | undefined> {
  const request = { TemplateId: templateId };
  try {
    return (await operation.client.call("DescribeLiveCallbackTemplate", request, operation.budget)).Template;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
