import { APP_ID, newId, type Occurrence, type Payload, seconds } from "./occurrence";

/** @see https://www.tencentcloud.com/document/product/267/38083 */
export function snapshot(occurrence: Occurrence): Payload {
  const path = `/${encodeURIComponent(occurrence.streamName)}/screenshot-${newId()}-1280x720.jpg`;
  return {
    app: occurrence.domainName,
    appname: occurrence.appName,
    channel_id: occurrence.streamName,
    create_time: seconds(occurrence),
    file_size: 30670,
    height: 720,
    pic_full_url: `http://screenshots.example.com${path}`,
    pic_url: path,
    stream_id: occurrence.streamName,
    stream_param: "stream_param=test",
    task_id: newId(),
    width: 1280,
  };
}

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

/** With `score` as the table has it, not as the sample spells it. @see https://www.tencentcloud.com/document/product/267/38084 */
export const pornCensorship = (occurrence: Occurrence): Payload => ({
  abductionRisk: [],
  app: occurrence.domainName,
  appid: APP_ID,
  appname: occurrence.appName,
  channelId: occurrence.streamName,
  faceDetails: [],
  // Each image is another, as two results must not look like copies of one.
  img: `http://screenshots.example.com/${newId()}.jpg`,
  label: "Porn",
  level: 0,
  ocrMsg: "",
  score: [99],
  screenshotTime: seconds(occurrence),
  sendTime: seconds(occurrence),
  streamId: occurrence.streamName,
  stream_param: "stream_param=test",
  subLabel: "PornHigh",
  suggestion: "Block",
  type: [1],
  ...results,
});
