import { resolve } from "node:path";
import { ExampleProcess, type Line, startProgram } from "./exampleProcess";

/** The folder of the example. */
export const FOLDER = resolve(__dirname, "../../../examples/receiver");

/** `examples/receiver` in a separate process, like `npm start`. It is killed after the test. */
export class ExampleReceiver extends ExampleProcess {
  /** Starts the receiver with only these variables. */
  static run(environment: Record<string, string>): ExampleReceiver {
    return new ExampleReceiver(startProgram(FOLDER, { PORT: "0", ...environment }, "index.ts"));
  }

  /** Starts the receiver, and waits until it listens. */
  static async start(environment: Record<string, string>): Promise<ExampleReceiver> {
    const receiver = ExampleReceiver.run(environment);
    await receiver.line("listening");
    return receiver;
  }

  /** The lines of events, in the order of their arrival. */
  get events(): Line[] {
    return this.lines.filter(({ id, code }) => id !== undefined && code === undefined);
  }

  async health(): Promise<unknown> {
    return (await fetch(new URL("/health", this.url))).json();
  }
}
