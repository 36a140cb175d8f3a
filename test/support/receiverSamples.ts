/**
 * The published sample of each event, with shortened results of the moderation events. Corrected: missing
 * commas in 200 and 321, the escapes of `record_detail` in 332, and the masked task id in 315. Event 100 has
 * no official page: its sample is a published message of a user.
 *
 * @see https://www.tencentcloud.com/document/product/267/38080 links the pages
 */
const push = {
  app: "test.domain.com",
  appid: 12345678,
  appname: "live",
  channel_id: "test_stream",
  height: 0,
  idc_id: 34,
  node: "42.81.194.37",
  sequence: "2210464508206756938",
  set_id: 2,
  stream_id: "test_stream",
  stream_param: "stream_param=test",
  user_ip: "1.1.1.1",
  width: 0,
};

export const streamBegin = {
  ...push,
  errcode: 0,
  errmsg: "ok",
  event_time: 1703731478,
  event_type: 1,
  sign: "df49************************f5d4",
  t: 1703732078,
};

export const streamEnd = {
  ...push,
  errcode: 1,
  errmsg: "The push client actively stopped the push",
  event_time: 1703731606,
  event_type: 0,
  push_duration: "128581",
  sign: "3485************************56ae",
  t: 1703732206,
};

export const record = {
  app: "201782.push.tlivecloud.com",
  appid: 1324682537,
  appname: "live",
  callback_ext: '{"video_codec":"h264","session_id":"1820625260475124043","resolution":"1920x1080"}',
  channel_id: "119",
  duration: 60,
  end_time: 1743484153,
  end_time_usec: 809196,
  event_type: 100,
  file_format: "hls",
  file_id: "1324682537_783c543e415d41a8a4c16da76f83eb81",
  file_size: 31869806,
  media_start_time: 80,
  record_bps: 0,
  record_file_id: "1324682537_783c543e415d41a8a4c16da76f83eb81",
  record_temp_id: "1569294",
  start_time: 1743484094,
  start_time_usec: 224855,
  stream_id: "119",
  stream_param: "txFrom=pullpush",
  task_id: "1820625260475124043",
  video_id: "1324682537_31b9a34e99f6423b94f52812ebf3ab70",
  video_url: "http://merge-local-1324682537.cos.ap-shanghai.myqcloud.com/streams/119/2025-04-01-13-08-14_eof.m3u8",
};

export const recordStatus = {
  appid: 123456789,
  appname: "live",
  domain: "****.livepush.myqcloud.com",
  event_time: 1700207929,
  event_type: 332,
  record_detail:
    '{"file_format":2,"record_bps":0,"start_model":1,"record_content":1,"source_type":2,"codec_temp_id":0}',
  record_event: "record_ended",
  seq: "3266441426274648065",
  session_id: "2918085116267032069",
  stream_id: "2991615887188599295",
  sign: "ca3e25e5dc17a6f9909a9ae7281e300d",
  t: 1754623810,
};

export const snapshot = {
  app: "test.app",
  appname: "live",
  channel_id: "your_channelid",
  create_time: 1622599925,
  event_type: 200,
  file_size: 30670,
  height: 720,
  pic_full_url: "http://your.cos.region.myqcloud.com/channelid/channelid-screenshot-10-12-05-1280x720.jpg",
  pic_url: "/channelid/channelid-screenshot-10-12-05-1280x720.jpg",
  sign: "ca3e25e5dc17a6f9909a9ae7281e300d",
  stream_id: "your_streamid",
  stream_param: "txTime=60B83800",
  t: 1622600525,
  width: 1280,
  task_id: "1867908378267662126",
};

const noHit = { HitFlag: 0, Suggestion: "Pass", Label: "Normal", SubLabel: "", Score: 0 };

export const pornCensorship = {
  ocrMsg: "",
  type: [1],
  socre: [99],
  screenshotTime: 1610640000,
  level: 0,
  img: "http://1.1.1.1/download/porn/test.jpg",
  abductionRisk: [],
  faceDetails: [],
  sendTime: 1615859827,
  suggestion: "Block",
  label: "Porn",
  subLabel: "PornHigh",
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
  streamId: "teststream",
  channelId: "teststream",
  stream_param: "txTime=5DEBEC80",
  app: "5000.myqcloud.com",
  appname: "live",
  appid: 10000,
  event_type: 317,
  sign: "ac920c3e66**********78cf1b5de2c63",
  t: 1615860427,
};

export const audioAudit = {
  HitFlag: 1,
  Score: 96,
  SubTag: "XXXsound",
  appid: 12345678,
  asr_text: "provide mobile phone number for easy contact",
  cdn_url: "",
  channel_id: "xxxun01",
  data: { asr_tmp_full_results: [{ appearing_point: [1810089.2, 1810104.8], confidence: 100, id: "" }] },
  domain: "xxx.cn",
  duration: 10,
  event_type: 315,
  interface: "general_callback",
  label: "Ad",
  language_results: [],
  moan_results: [{ EndTime: 15, Label: "Ad", Score: 0, StartTime: 0, SubLabel: "Contact", Suggestion: "Pass" }],
  path: "live",
  recognition_results: [],
  request_id: "xxx594-4f4d-a5d0-99cce8b750b4",
  seq: 3232590095,
  speaker_results: [],
  status: 2,
  stream_id: "xxxn01",
  sub_label: "Contact",
  suggestion: "Block",
  task_id: 36881,
  text_results: [{ Keywords: ["mobile phone number"], Label: "Ad", Score: 100, SubLabel: "", Suggestion: "Block" }],
};

export const pushException = {
  abnormal_event: [
    {
      count: 2,
      customer_visible: "true",
      detail: [
        { desc: "audio frame arrive interval too long, interval=3009(msec)", occur_time: 1670588070532 },
        { desc: "audio frame arrive interval too long, interval=2917(msec)", occur_time: 1670588073486 },
      ],
      event_key: "",
      type: 7,
      type_desc_cn: " ",
      type_desc_en: "audio frame arrive interval bigger than 1000(ms)",
    },
  ],
  appid: 12345678,
  user_ip: "1.1.1.1",
  data_time: 1670588074971,
  domain: "example.push.com",
  event_type: 321,
  interface: "general_callback",
  path: "live",
  report_interval: 5000,
  sequence: "000000000000000000",
  stream_id: "teststream",
  stream_param: "stream_param=test",
  timeout: 5000,
  sign: "ca3e25e5dc17a6f9909a9ae7281e300d",
  t: 1754623810,
};

export const recordException = {
  interface: "general_callback",
  event_type: 341,
  appid: 1234567,
  domain: "1234567.livepush.myqcloud.com",
  path: "live",
  stream_id: "test_stream_35b4a6e6d4261",
  session_id: "1855245773800540059",
  file_format: "ts",
  timestamp: 1739934527,
  exception_level: "info",
  exception: { type: -201, desc: "video ts deviation: 100.000000", occurs: 4 },
  sign: "ca3e25e5dc17a6f9909a9ae7281e300d",
  t: 1754623810,
};
