import { type ApiError, isNotFound, mayHaveExecuted } from "../../provider/api/errors";
import { listTemplates } from "./account";
import { Unsettled } from "./answers";
import type { LabContext } from "./labContext";
import type { Raw } from "./wire";

/** A template that was made for a question. */
export interface Specimen {
  id: number;
  name: string;
  /** What it read as when it had been made. */
  read: Raw;
}

/** What a Modify led to: why it was refused, or the template as it then reads. */
export type Modified = { refused: ApiError; read?: undefined } | { read: Raw; refused?: undefined };

/** The templates of a lab. */
export class TrialTemplates {
  readonly #present = new Set<number>();

  constructor(private readonly lab: LabContext) {}

  /** Makes a template with one URL and these fields, and waits until it can be read. */
  async make(fields: Readonly<Record<string, string>> = {}): Promise<Specimen> {
    const name = this.lab.newName();
    const id = await this.create(name, fields);
    if (typeof id !== "number") throw new Unsettled(`a template for it was refused (${id.code}: ${id.message})`);
    const read = await this.lab.eventually(`template ${id} cannot be read`, () => this.read(id));
    return { id, name, read };
  }

  /**
   * Requests a template of this name. Where the response is lost, it is the template of this name that did
   * not exist before.
   */
  async create(name: string, fields: Readonly<Record<string, string>> = {}): Promise<number | ApiError> {
    const request = { TemplateName: name, StreamBeginNotifyUrl: this.lab.url, ...fields };
    let id: number;
    try {
      const { refused, answer } = await this.lab.wire.call("CreateLiveCallbackTemplate", request);
      if (refused && !mayHaveExecuted(refused)) return refused;
      if (refused) throw refused;
      id = Number(answer["TemplateId"]);
    } catch (error) {
      if (!mayHaveExecuted(error)) throw error;
      id = await this.#findLost(name, error);
    }
    this.lab.options.owner.made.add(id);
    this.#present.add(id);
    this.lab.options.print(`made template ${id} ${name}`);
    return id;
  }

  async #findLost(name: string, failure: unknown): Promise<number> {
    const { made } = this.lab.options.owner;
    const isNew = (id: unknown) => !made.has(Number(id));
    const found = await this.lab.sought(async () =>
      (await listTemplates(this.lab.wire)).find(
        ({ TemplateName, TemplateId }) => TemplateName === name && isNew(TemplateId),
      ),
    );
    if (!found) throw failure;
    return Number(found["TemplateId"]);
  }

  /** A template as the API describes it; `undefined` where it refuses to. */
  async read(id: number): Promise<Raw | undefined> {
    const { answer } = await this.lab.wire.call("DescribeLiveCallbackTemplate", { TemplateId: id });
    return answer && (Object(answer["Template"]) as Raw);
  }

  /**
   * Modifies a template, naming its basic fields and these; `undefined` leaves one out. The description is a
   * new text each time: once it is read back, so is everything else of this change.
   */
  async modify({ id, name }: Specimen, changes: Readonly<Record<string, unknown>>): Promise<Modified> {
    const basic = { TemplateName: name, Description: this.lab.newName(), StreamBeginNotifyUrl: this.lab.url };
    const request = { TemplateId: id, ...basic, ...changes };
    const { refused } = await this.lab.wire.call("ModifyLiveCallbackTemplate", request);
    if (refused) return { refused };
    const read = await this.lab.eventually("a change was accepted, but cannot be read back", async () => {
      const template = await this.read(id);
      return template?.["Description"] === request.Description ? template : undefined;
    });
    return { read };
  }

  /** Deletes a template; why the API refused, if it did. */
  async remove(id: number): Promise<ApiError | undefined> {
    const { refused, unsure } = await this.lab.wire.call("DeleteLiveCallbackTemplate", { TemplateId: id });
    // Where the response to an earlier attempt was lost, "not found" means that it succeeded.
    const gone = !refused || (unsure && isNotFound(refused));
    if (gone) this.#present.delete(id);
    return gone ? undefined : refused;
  }

  /** Returns the id of a template that was created and deleted, so that none has it. */
  async deletedId(): Promise<number> {
    const { id } = await this.make();
    const refused = await this.remove(id);
    if (refused) throw new Unsettled(`deleting a template for it was refused (${refused.code}: ${refused.message})`);
    return id;
  }

  async removeAll(): Promise<void> {
    for (const id of [...this.#present]) {
      await this.lab.wire.call("DeleteLiveCallbackTemplate", { TemplateId: id });
      this.#present.delete(id);
    }
  }
}
