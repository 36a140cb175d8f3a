import { expect } from "chai";
import { CALLBACK_EVENT_TYPES, CallbackError, parseCallback } from "../../../receiver";
import { type DeclaredField, declaredFields } from "../../support/receiverFields";

/** Fields that are sent as JSON inside text. */
const EMBEDDED = ["callbackExt", "recordDetail"];

const declared = declaredFields();
const numberOf = (event: string): number => (CALLBACK_EVENT_TYPES as Record<string, number>)[event] ?? 347;

/** A message with a value for each field, and with changes. */
function message(event: string, fields: readonly DeclaredField[], changes: Record<string, unknown> = {}): object {
  const sent = fields.map(({ name, sample }) => [name, EMBEDDED.includes(name) ? JSON.stringify(sample) : sample]);
  return { event_type: numberOf(event), ...Object.fromEntries(sent), ...changes };
}

/** Returns the fields that are read from a message, or the error. */
function read(body: object): Record<string, unknown> | string {
  try {
    const { type: _type, eventType: _eventType, id: _id, payload: _payload, ...fields } = parseCallback({ ...body });
    return fields;
  } catch (error) {
    return error instanceof CallbackError ? error.message : String(error);
  }
}

const wrongFor = (sample: unknown): unknown => (typeof sample === "object" ? 7 : [{ none: "of these" }]);

describe("the public type of an event", () => {
  it("exists for each event of the table, and for unknown events", () => {
    expect([...declared.keys()]).to.have.members([...Object.keys(CALLBACK_EVENT_TYPES), "unknown"]);
  });

  for (const [event, fields] of declared) {
    describe(event, () => {
      it("has exactly the fields that are read from a message, at every depth", () => {
        const complete = Object.fromEntries(fields.map(({ name, sample }) => [name, sample]));
        expect(read(message(event, fields, { anotherField: "text" }))).to.deep.equal(complete);
      });

      it("has as optional fields exactly those that a message may lack, or have with another type", () => {
        for (const { name, optional, sample } of fields) {
          const missing = `The ${event} event (${numberOf(event)}) lacks ${name}.`;
          const without = read(message(event, fields, { [name]: undefined }));
          const wrong = read(message(event, fields, { [name]: wrongFor(sample) }));
          expect(typeof without === "string" ? without : "read", name).to.equal(optional ? "read" : missing);
          expect(typeof wrong === "string" ? wrong : wrong[name], name).to.equal(optional ? undefined : missing);
        }
      });
    });
  }
});
