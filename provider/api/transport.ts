import type { TLSSocket } from "node:tls";
import { isAxiosError } from "axios";
import type { Host } from "../host";
import { own, words } from "../words";
import { isLoopbackHost } from "./contract/hosts";
import type { Service } from "./contract/service";
import { TransportError } from "./errors";

/**
 * The system calls before a connection: if one of them fails, the request cannot have reached the API. The
 * error code alone does not show it: an established connection that loses its route fails with the same code.
 */
const CONNECTING: readonly unknown[] = ["connect", "getaddrinfo"];

/** Failures of the TLS handshake; a retry cannot help, and TLS checks are never switched off. */
const TLS = /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO_|^EPROTO$/;

/** A request that got no response, or could not be sent. */
interface SentRequest {
  service: Service;
  action: string;
  endpoint: URL;
  requestTimeoutMs: number;
  host: Host;
}

/**
 * Creates the error for a request without a response. Its cause contains nothing of the request, because that
 * has a signature.
 */
export function transportError(error: unknown, call: SentRequest): TransportError {
  const { service, action, endpoint, requestTimeoutMs, host } = call;
  const code = (isAxiosError(error) && error.code) || "unknown";
  const cause = new Error(code);
  const where = endpoint.origin;
  if (code === "ERR_CANCELED") {
    return new TransportError(words`${where} did not respond within ${requestTimeoutMs / 1000} s`, {
      code: "Provider.Timeout",
      action,
      retryable: true,
      mayHaveExecuted: true,
      remedy: own(host.advice.timeout),
      cause,
    });
  }
  if (TLS.test(code) && !isSecured(error)) {
    return new TransportError(words`no trusted TLS connection to ${where} (${own(code)})`, {
      code: "Provider.TlsError",
      action,
      mayHaveExecuted: false,
      remedy: words`Check the endpoint's certificate; for a private certificate authority set NODE_EXTRA_CA_CERTS.`,
      cause,
    });
  }
  return new TransportError(words`the connection to ${where} failed (${own(code)})`, {
    code: "Provider.NetworkError",
    action,
    retryable: true,
    mayHaveExecuted: !failedToConnect(error),
    remedy: own(
      isLoopbackHost(endpoint.hostname)
        ? `Start the emulator at this address, or correct the endpoint (${host.settingName(service.endpointKey)}).`
        : `Check the network, the proxy settings and ${host.settingName(service.endpointKey)}.`,
    ),
    cause,
  });
}

/** Returns whether the failure shows that there was no connection. A failure of unknown origin does not. */
function failedToConnect(error: unknown): boolean {
  const cause: unknown = isAxiosError(error) ? error.cause : undefined;
  // A host with several addresses has one failure for each.
  const failures: unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return failures.every((failure) => CONNECTING.includes((failure as NodeJS.ErrnoException | undefined)?.syscall));
}

/** Returns whether the TLS handshake had been completed: the request may have been sent. */
function isSecured(error: unknown): boolean {
  const { socket } = ((isAxiosError(error) && error.request) || {}) as { socket?: TLSSocket };
  return socket?.authorized === true;
}
