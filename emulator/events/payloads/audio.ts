import { APP_ID, newId, type Occurrence, type Payload } from "./occurrence";

/** @see https://www.tencentcloud.com/document/product/267/58643 */
export const audioAudit = (occurrence: Occurrence): Payload => ({
  HitFlag: 1,
  Score: 96,
  SubTag: "",
  appid: APP_ID,
  asr_text: "call this number",
  cdn_url: "",
  channel_id: occurrence.streamName,
  data: { asr_tmp_full_results: [{ appearing_point: [1810089.2, 1810104.8], confidence: 100, id: "" }] },
  domain: occurrence.domainName,
  duration: 10,
  interface: "general_callback",
  label: "Ad",
  language_results: [],
  moan_results: [{ EndTime: 15, Label: "Ad", Score: 0, StartTime: 0, SubLabel: "Contact", Suggestion: "Pass" }],
  path: occurrence.appName,
  recognition_results: [],
  // Two results of one second must not look like copies of one.
  request_id: newId(),
  seq: Math.floor(occurrence.now) % 2 ** 32,
  speaker_results: [],
  status: 2,
  stream_id: occurrence.streamName,
  sub_label: "Contact",
  suggestion: "Block",
  task_id: 36881,
  text_results: [{ Keywords: ["call", "number"], Label: "Ad", Score: 100, SubLabel: "", Suggestion: "Block" }],
});
