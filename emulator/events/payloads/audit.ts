import { APP_ID, newId, type Occurrence, type Payload, STREAM_PARAM, seconds } from "./occurrence";

const noHit = { HitFlag: 0, Suggestion: "Pass", Label: "Normal", SubLabel: "", Score: 0 };

const results = {
  labelResults: [
    { ...noHit, Scene: "Illegal", Details: [] },
    {
      HitFlag: 1,
      Scene: "Porn",
      Suggestion: "Block",
      Label: "Porn",
      SubLabel: "PornHigh",
      Score: 99,
      Details: [{ Id: 0, Name: "PornHigh", Score: 99 }],
    },
  ],
  objectResults: [{ ...noHit, Scene: "QrCode", Names: [], Details: [] }],
  ocrResults: [{ ...noHit, Scene: "OCR", Text: "", Details: [] }],
  libResults: null,
};

/**
 * Spells `score` as in the documented table, not as in the sample.
 *
 * @see https://www.tencentcloud.com/document/product/267/38084
 */
export const pornCensorship = (occurrence: Occurrence): Payload => ({
  abductionRisk: [],
  app: occurrence.domainName,
  appid: APP_ID,
  appname: occurrence.appName,
  channelId: occurrence.streamName,
  faceDetails: [],
  // Unique: two results must not look like copies of one event.
  img: `http://screenshots.example.com/${newId()}.jpg`,
  label: "Porn",
  level: 0,
  ocrMsg: "",
  score: [99],
  screenshotTime: seconds(occurrence),
  sendTime: seconds(occurrence),
  streamId: occurrence.streamName,
  stream_param: STREAM_PARAM,
  subLabel: "PornHigh",
  suggestion: "Block",
  type: [1],
  ...results,
});

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
  // Unique: two results in the same second must not look like copies of one event.
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
