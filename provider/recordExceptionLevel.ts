/** The recording exception levels; the console's word for `warning` is "Alarm". */
export type RecordExceptionLevel = "error" | "warning" | "info";
