/**
 * Returns the id of an event's job: equal for all copies of the event, different for different events. BullMQ
 * rejects ids with a ":", which separates the parts of an event's id, as in `0:4c1f`. The "%" is also
 * escaped, so that two events never get the same id.
 */
export function jobIdOf(eventId: string): string {
  return eventId.replace(/[%:]/g, encodeURIComponent);
}
