import { APP_ID, type Occurrence, type Payload, STREAM_PARAM, seconds } from "./occurrence";

const NODE = "203.0.113.37";
const CLIENT = "198.51.100.1";

const push = (occurrence: Occurrence): Payload => ({
  app: occurrence.domainName,
  appid: APP_ID,
  appname: occurrence.appName,
  channel_id: occurrence.streamName,
  event_time: seconds(occurrence),
  height: 0,
  idc_id: 34,
  node: NODE,
  sequence: occurrence.sequence,
  set_id: 2,
  stream_id: occurrence.streamName,
  stream_param: STREAM_PARAM,
  user_ip: CLIENT,
  width: 0,
});

/** @see https://www.tencentcloud.com/document/product/267/38081 */
export const streamBegin = (occurrence: Occurrence): Payload => ({ ...push(occurrence), errcode: 0, errmsg: "ok" });

/** @see https://www.tencentcloud.com/document/product/267/38081 */
export const streamEnd = (occurrence: Occurrence): Payload => ({
  ...push(occurrence),
  errcode: 1,
  errmsg: "The push client actively stopped the push",
  push_duration: String(occurrence.pushedMs),
});

/** @see https://www.tencentcloud.com/document/product/267/53310 */
export const pushException = (occurrence: Occurrence): Payload => ({
  abnormal_event: [
    {
      count: 1,
      customer_visible: "true",
      detail: [
        {
          desc: "audio frame arrive interval too long, interval=3009(msec)",
          occur_time: Math.floor(occurrence.now) - 1200,
        },
      ],
      event_key: "",
      type: 7,
      type_desc_cn: " ",
      type_desc_en: "audio frame arrive interval bigger than 1000(ms)",
    },
  ],
  appid: APP_ID,
  data_time: Math.floor(occurrence.now),
  domain: occurrence.domainName,
  interface: "general_callback",
  path: occurrence.appName,
  report_interval: 5000,
  sequence: occurrence.sequence,
  stream_id: occurrence.streamName,
  stream_param: STREAM_PARAM,
  timeout: 5000,
  user_ip: CLIENT,
});
