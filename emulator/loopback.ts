const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether a host, without its port, is this machine: a name or an address that resolves to loopback only. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
