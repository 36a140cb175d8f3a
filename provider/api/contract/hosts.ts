/** Whether a URL points at this machine, where plain HTTP is allowed and no proxy is used. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}
