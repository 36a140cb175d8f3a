/**
 * Returns the id of an event's job: the same for all copies of the event, and different for different events. A ":"
 * separates the parts of an event's id, as in `0:4c1f`; BullMQ needs it for its own keys, and rejects such ids. The
 * "%" is escaped too, so that no two events get one id.
 */
export function jobIdOf(eventId: string): string {
  return eventId.replace(/[%:]/g, encodeURIComponent);
}
