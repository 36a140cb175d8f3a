import { inspect } from "node:util";
import { expect } from "chai";
import { API_CODES } from "../../../provider/api/codes";
import { FailingServer, MISTREATMENTS, type Mistreat } from "../../support/api/failingServer";
import { VirtualClock } from "../../support/clock";
import { startCloud } from "../../support/cloud";
import { perSuite } from "../../support/lifetime";
import { CANARIES, CANARY_CREDENTIALS, echoOf, leaksIn } from "../../support/provider/canaries";
import {
  type Case,
  environmentOf,
  everyCall,
  everyWrite,
  ONE_LINE,
  type Stack,
  stackIn,
} from "../../support/provider/operations";

const CONFIG = {
  "tencentcloud-live:requestTimeoutSeconds": "1",
  "tencentcloud-live:retrySeconds": "0",
  "tencentcloud-live:inUseTimeoutSeconds": "0",
};

/** Each code that the API documents for these actions or for all, and one that it does not. */
const CODES: Record<string, string> = {
  AuthFailure:
    "InvalidAuthorization SecretIdNotFound SignatureFailure SignatureExpire TokenFailure InvalidSecretId MFAFailure UnauthorizedOperation",
  FailedOperation: "CallOtherSvrFailed ConfInUsed NotFound",
  InternalError:
    "ArgsNotMatch ConfInUsed ConfNotFound ConfOutLimit ConnectDbError DBError DomainNotExist GetBizidError InvalidInput NotFound RuleAlreadyExist RuleInUsing RuleNotFound",
  InvalidParameter: "ArgsNotMatch COSCustomFileNameError ConfNotFound DomainFormatError InvalidVodFileName UrlNotSafe",
  LimitExceeded: "RateLimitExceeded",
  RequestLimitExceeded: "UinLimitExceeded GlobalRegionUinLimitExceeded",
  ResourceNotFound: "DomainNotExist EmptyData ForbidService FreezeService InvalidUser StopService UserDisableService",
  UnsupportedOperation: "NotLVBCodeMode",
};
const WHOLE_CODES =
  "InternalError InvalidParameter InvalidParameterValue MissingParameter UnknownParameter RequestLimitExceeded UnauthorizedOperation InvalidAction NoSuchVersion RequestSizeLimitExceeded NobodyKnowsThisCode";
const ALL_CODES = [
  ...Object.entries(CODES).flatMap(([family, codes]) => codes.split(" ").map((code) => `${family}.${code}`)),
  ...WHOLE_CODES.split(" "),
];

const page =
  (status: number, headers: (body: string) => Record<string, string> = () => ({})): Mistreat =>
  (response, _, body) =>
    response.writeHead(status, headers(body)).end(echoOf(body));

const json =
  (members: (body: string) => object): Mistreat =>
  (response, _, body) =>
    response.end(JSON.stringify({ Response: { RequestId: "r", ...members(body) } }));

const apiError = (Code: string): Mistreat => json((body) => ({ Error: { Code, Message: echoOf(body) } }));

const SERVERS: Record<string, Mistreat> = {
  "an error whose code and request id are secrets": json(() => ({
    Error: { Code: CANARIES.secretKey, Message: "No." },
    RequestId: CANARIES.securityToken,
  })),
  "a message of several lines": json((body) => ({
    Error: { Code: "InternalError", Message: `one\n\n  ${echoOf(body)}\r\n\ttwo` },
  })),
  "HTTP status 500, repeating the request": page(500, (body) => ({ "x-echo": encodeURI(echoOf(body)) })),
  "HTTP status 403, repeating the request": page(403),
  "a redirect whose address repeats the request": page(302, (body) => ({ location: `/?${encodeURI(echoOf(body))}` })),
  "a page that repeats the request": page(200),
  "members of wrong types that repeat the request": json((body) => {
    const echo = echoOf(body);
    return { Rules: [echo], Templates: echo, Template: echo, TemplateId: echo, DomainList: echo, AllCount: echo };
  }),
  "an error of a wrong type that repeats the request": json((body) => ({ Error: echoOf(body) })),
  "another protocol, repeating the request": (_, socket, body) => socket.end(`220 ${echoOf(body)}\r\n`),
  "a connection that is reset": MISTREATMENTS["resets every connection"] as Mistreat,
};

/** All that a reader, a log or another program could see of an error, but for the state, whose secrets are encrypted. */
function visibleIn(error: Error): string {
  const { properties: _, ...members } = error as Error & Record<string, unknown>;
  const shown = Object.assign(new Error(error.message, { cause: error.cause }), members, { stack: error.stack });
  return [inspect(shown, { depth: 20, showHidden: true }), JSON.stringify(members), String(error), error.stack].join(
    "\n",
  );
}

/** An operation, with its call from which on the server fails, and its error; absent: it succeeded all the same. */
interface Outcome {
  what: string;
  error: Error | undefined;
}

/** Every operation failed but those that are named, and no error shows a secret. */
function expectNoSecret(outcomes: Outcome[], succeeding: readonly string[] = []): void {
  expect(outcomes.filter(({ error }) => !error).map(({ what }) => what)).to.deep.equal(succeeding);
  for (const { what, error } of outcomes) {
    if (!error) continue;
    expect(leaksIn(visibleIn(error)), what).to.deep.equal([]);
    expect(error.message, what).to.match(ONE_LINE);
  }
}

/** What is gone already counts as deleted. */
const DELETES = ["delete of a template, call 2", "delete of a binding, call 2"];

/** A write whose response has nothing that is read succeeds whatever else is in it. */
const SUCCEEDING: Record<string, readonly string[]> = {
  "members of wrong types that repeat the request": [
    ...["delete of a template, call 2", "create of a binding, call 3"],
    ...["update of a binding, call 3", "update of a binding, call 4", "delete of a binding, call 2"],
  ],
};

describe("K1: neither credentials, nor the callback key, nor user info and query of a URL are in the error after", () => {
  const cloud = perSuite(() => startCloud({ credentials: [CANARY_CREDENTIALS], rateLimits: false }));
  let stack: Stack;
  before(async () => {
    stack = await stackIn(cloud);
  });

  /** The failure of one operation, if the server fails like this. */
  async function failure({ name, operation, good }: Case, mistreat: Mistreat): Promise<Outcome> {
    const clock = new VirtualClock();
    const server = await FailingServer.start(cloud.url, good, mistreat, clock);
    const options = { environment: environmentOf(server.url), reconcileMs: 1, clock };
    const outcome: unknown = await operation.run(cloud.deployment(CONFIG, options), stack).catch((error) => error);
    await server.close();
    return { what: `${name}, call ${good + 1}`, error: outcome instanceof Error ? outcome : undefined };
  }

  const writeFailures = (mistreat: Mistreat): Promise<Outcome[]> =>
    Promise.all(everyWrite().map((one) => failure(one, mistreat)));

  async function allFailures(mistreat: Mistreat): Promise<Outcome[]> {
    const found: Outcome[] = [];
    for (const one of everyCall()) {
      cloud.reset();
      stack = await stackIn(cloud);
      found.push(await failure(one, mistreat));
    }
    return found;
  }

  for (const [name, mistreat] of Object.entries(SERVERS)) {
    it(`${name}, at any call of any operation`, async () => {
      expectNoSecret(await allFailures(mistreat), SUCCEEDING[name]);
    });
  }

  it("no answer", async () => {
    expectNoSecret(await writeFailures(MISTREATMENTS["accepts and never answers"] as Mistreat));
  });

  for (const code of ALL_CODES) {
    it(`the code ${code}, with a message that repeats the request`, async () => {
      const isNotFound = (API_CODES.notFound as readonly string[]).includes(code);
      expectNoSecret(await writeFailures(apiError(code)), isNotFound ? DELETES : []);
    });
  }
});
