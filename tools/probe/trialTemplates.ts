import { type ApiError, isNotFound, mayHaveExecuted } from "../../provider/api/errors";
import { listTemplates } from "./account";
import { Unsettled } from "./answers";
import type { LabContext } from "./labContext";
import type { Raw } from "./wire";

/** A template that was created for a question. */
export interface Specimen {
  id: number;
  name: string;
  /** The template as it was read back after the create. */
  read: Raw;
}

/** The outcome of a Modify: its error, or the template as it is read back. */
export type Modified = { rejected: ApiError; read?: undefined } | { read: Raw; rejected?: undefined };

/** The templates of a lab. */
export class TrialTemplates {
  readonly #present = new Set<number>();

  constructor(private readonly lab: LabContext) {}

  /** Creates a template with one URL and these fields, and waits until it can be read. */
  async make(fields: Readonly<Record<string, string>> = {}): Promise<Specimen> {
    const name = this.lab.newName();
    const id = await this.create(name, fields);
    if (typeof id !== "number") throw new Unsettled(`a template for it was rejected (${id.code}: ${id.message})`);
    const read = await this.lab.eventually(`template ${id} cannot be read`, () => this.read(id));
    return { id, name, read };
  }

  /**
   * Creates a template. If the response is lost, returns the template of this name that did not exist before.
   */
  async create(name: string, fields: Readonly<Record<string, string>> = {}): Promise<number | ApiError> {
    const request = { TemplateName: name, StreamBeginNotifyUrl: this.lab.url, ...fields };
    let id: number;
    try {
      const { rejected, response } = await this.lab.wire.call("CreateLiveCallbackTemplate", request);
      if (rejected && !mayHaveExecuted(rejected)) return rejected;
      if (rejected) throw rejected;
      id = Number(response["TemplateId"]);
    } catch (error) {
      if (!mayHaveExecuted(error)) throw error;
      id = await this.#findLost(name, error);
    }
    this.lab.options.owner.made.add(id);
    this.#present.add(id);
    this.lab.options.print(`created template ${id} ${name}`);
    return id;
  }

  async #findLost(name: string, failure: unknown): Promise<number> {
    const { made } = this.lab.options.owner;
    const isNew = (id: unknown) => !made.has(Number(id));
    const found = await this.lab.poll(async () =>
      (await listTemplates(this.lab.wire)).find(
        ({ TemplateName, TemplateId }) => TemplateName === name && isNew(TemplateId),
      ),
    );
    if (!found) throw failure;
    return Number(found["TemplateId"]);
  }

  /** Returns a template as the API describes it, or `undefined` if the API rejects the call. */
  async read(id: number): Promise<Raw | undefined> {
    const { response } = await this.lab.wire.call("DescribeLiveCallbackTemplate", { TemplateId: id });
    return response && (Object(response["Template"]) as Raw);
  }

  /**
   * Modifies a template with its basic fields and `changes`, in which `undefined` omits a field. The
   * description is new each time: once it is read back, the whole change is visible.
   */
  async modify({ id, name }: Specimen, changes: Readonly<Record<string, unknown>>): Promise<Modified> {
    const basic = { TemplateName: name, Description: this.lab.newName(), StreamBeginNotifyUrl: this.lab.url };
    const request = { TemplateId: id, ...basic, ...changes };
    const { rejected } = await this.lab.wire.call("ModifyLiveCallbackTemplate", request);
    if (rejected) return { rejected };
    const read = await this.lab.eventually("a change was accepted, but cannot be read back", async () => {
      const template = await this.read(id);
      return template?.["Description"] === request.Description ? template : undefined;
    });
    return { read };
  }

  /** Deletes a template. Returns the error, if any. */
  async remove(id: number): Promise<ApiError | undefined> {
    const { rejected, unsure } = await this.lab.wire.call("DeleteLiveCallbackTemplate", { TemplateId: id });
    // If the response to an earlier attempt was lost, "not found" means that the attempt succeeded.
    const gone = !rejected || (unsure && isNotFound(rejected));
    if (gone) this.#present.delete(id);
    return gone ? undefined : rejected;
  }

  /** Returns an id that no template has, by creating and deleting a template. */
  async deletedId(): Promise<number> {
    const { id } = await this.make();
    const rejected = await this.remove(id);
    if (rejected)
      throw new Unsettled(`deleting a template for it was rejected (${rejected.code}: ${rejected.message})`);
    return id;
  }

  async removeAll(): Promise<void> {
    for (const id of [...this.#present]) {
      await this.lab.wire.call("DeleteLiveCallbackTemplate", { TemplateId: id });
      this.#present.delete(id);
    }
  }
}
