import type { CallbackEventName } from "../../../provider/api/contract/events";
import { audioAudit } from "./audio";
import { pornCensorship, snapshot } from "./images";
import type { Occurrence, Payload } from "./occurrence";
import { pushException, streamBegin, streamEnd } from "./pushes";
import { record, recordException, recordStatus } from "./recordings";

/** Builds the payload of each event, but for its `event_type`. An event without a builder does not compile. */
export const payloadBuilders: Readonly<Record<CallbackEventName, (occurrence: Occurrence) => Payload>> = {
  streamBegin,
  streamEnd,
  record,
  recordStatus,
  snapshot,
  pornCensorship,
  pushException,
  recordException,
  audioAudit,
};
