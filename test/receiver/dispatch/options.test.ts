import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { CALLBACK_EVENT_NAMES, CALLBACK_EVENTS } from "../../../provider/api/contract/events";

describe("the table of handlers", () => {
  it("has a row for each event, with its number and its URL in the template", () => {
    const source = readFileSync(resolve(__dirname, "../../../receiver/dispatch/options.ts"), "utf8");
    const rows = [...source.matchAll(/^ \* \| `(on\w+)` \|.*\| (\d+), `(\w+)` \|$/gm)].map((row) => row.slice(1));
    expect(rows).to.have.deep.members(
      CALLBACK_EVENT_NAMES.map((name) => {
        const { eventType, property } = CALLBACK_EVENTS[name];
        return [`on${name.charAt(0).toUpperCase()}${name.slice(1)}`, `${eventType}`, property];
      }),
    );
  });
});
