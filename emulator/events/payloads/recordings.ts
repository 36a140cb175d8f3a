import { APP_ID, newId, type Occurrence, type Payload, STREAM_PARAM, seconds } from "./occurrence";

/** The length of the recording, in seconds. */
const DURATION = 60;

/** @see https://www.tencentcloud.com/document/product/267/38082 */
export function record(occurrence: Occurrence): Payload {
  const [file, session] = [`${APP_ID}_${newId()}`, newId()];
  return {
    app: occurrence.domainName,
    appid: APP_ID,
    appname: occurrence.appName,
    callback_ext: JSON.stringify({ video_codec: "h264", session_id: session, resolution: "1920x1080" }),
    channel_id: occurrence.streamName,
    duration: DURATION,
    end_time: seconds(occurrence),
    end_time_usec: 809196,
    file_format: "hls",
    file_id: file,
    file_size: 31869806,
    media_start_time: 80,
    record_bps: 0,
    record_file_id: file,
    record_temp_id: "1569294",
    start_time: seconds(occurrence) - DURATION,
    start_time_usec: 224855,
    stream_id: occurrence.streamName,
    stream_param: STREAM_PARAM,
    task_id: session,
    video_id: `${APP_ID}_${newId()}`,
    video_url: `http://recordings.example.com/${encodeURIComponent(occurrence.streamName)}/${file}.m3u8`,
  };
}

/** @see https://www.tencentcloud.com/document/product/267/58590 */
export const recordStatus = (occurrence: Occurrence): Payload => ({
  appid: APP_ID,
  appname: occurrence.appName,
  domain: occurrence.domainName,
  event_time: seconds(occurrence),
  record_detail: JSON.stringify({
    file_format: 2,
    record_bps: 0,
    start_model: 1,
    record_content: 1,
    source_type: 1,
    codec_temp_id: 0,
  }),
  record_event: "record_start_succeeded",
  seq: newId(),
  session_id: newId(),
  stream_id: occurrence.streamName,
});

/**
 * Has the level that templates select by default.
 *
 * @see https://www.tencentcloud.com/document/product/267/68622
 */
export const recordException = (occurrence: Occurrence): Payload => ({
  appid: APP_ID,
  domain: occurrence.domainName,
  exception: { type: -201, desc: "video ts deviation: 100.000000", occurs: 4 },
  exception_level: "error",
  file_format: "ts",
  interface: "general_callback",
  path: occurrence.appName,
  session_id: newId(),
  stream_id: occurrence.streamName,
  timestamp: seconds(occurrence),
});

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
    stream_param: STREAM_PARAM,
    task_id: newId(),
    width: 1280,
  };
}
