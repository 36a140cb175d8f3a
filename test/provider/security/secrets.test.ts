import { inspect } from "node:util";
import { expect } from "chai";
import { API_CODES } from "../../../provider/api/codes";
import { FailingServer, MISTREATMENTS, type Mistreat } from "../../support/api/failingServer";
import { VirtualClock } from "../../support/clock";
import { create, rejection, startCloud } from "../../support/cloud";
import { closeAfterTest, perSuite } from "../../support/lifetime";
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

/** The codes that the API documents for these actions or for all actions, and one undocumented code. */
const CODES: Record<string, string> = {
  AuthFailure:
    "InvalidAuthorization SecretIdNotFound SignatureFailure SignatureExpire TokenFailure InvalidSecretId " +
    "MFAFailure UnauthorizedOperation",
  FailedOperation: "CallOtherSvrFailed ConfInUsed NotFound",
  InternalError:
    "ArgsNotMatch ConfInUsed ConfNotFound ConfOutLimit ConnectDbError DBError DomainNotExist GetBizidError " +
    "InvalidInput NotFound RuleAlreadyExist RuleInUsing RuleNotFound",
  InvalidParameter: "ArgsNotMatch COSCustomFileNameError ConfNotFound DomainFormatError InvalidVodFileName UrlNotSafe",
  LimitExceeded: "RateLimitExceeded",
  RequestLimitExceeded: "UinLimitExceeded GlobalRegionUinLimitExceeded",
  ResourceNotFound: "DomainNotExist EmptyData ForbidService FreezeService InvalidUser StopService UserDisableService",
  UnsupportedOperation: "NotLVBCodeMode",
};
const WHOLE_CODES =
  "InternalError InvalidParameter InvalidParameterValue MissingParameter UnknownParameter RequestLimitExceeded " +
  "UnauthorizedOperation InvalidAction NoSuchVersion RequestSizeLimitExceeded UndocumentedCode";
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
  "an HTTP status 500 that repeats the request": page(500, (body) => ({ "x-echo": encodeURI(echoOf(body)) })),
  "an HTTP status 403 that repeats the request": page(403),
  "a redirect whose address repeats the request": page(302, (body) => ({ location: `/?${encodeURI(echoOf(body))}` })),
  "a page that repeats the request": page(200),
  "members of wrong types that repeat the request": json((body) => {
    const echo = echoOf(body);
    return { Rules: [echo], Templates: echo, Template: echo, TemplateId: echo, DomainList: echo, AllCount: echo };
  }),
  "an error of a wrong type that repeats the request": json((body) => ({ Error: echoOf(body) })),
  "another protocol that repeats the request": (_, socket, body) => socket.end(`220 ${echoOf(body)}\r\n`),
  "a connection that is reset": MISTREATMENTS["resets every connection"] as Mistreat,
};

/**
 * Returns everything that a log or another program can see of an error, except the state, whose secrets are
 * encrypted.
 */
function visibleIn(error: Error): string {
  const { properties: _, ...members } = error as Error & Record<string, unknown>;
  const shown = Object.assign(new Error(error.message, { cause: error.cause }), members, { stack: error.stack });
  return [inspect(shown, { depth: 20, showHidden: true }), JSON.stringify(members), String(error), error.stack].join(
    "\n",
  );
}

/** An operation, with the call from which on the server fails, and its error; `undefined` if it succeeded. */
interface Outcome {
  what: string;
  error: Error | undefined;
}

/** Expects that every operation not in `succeeding` failed, and that no error shows a secret. */
function expectNoSecret(outcomes: Outcome[], succeeding: readonly string[] = []): void {
  expect(outcomes.filter(({ error }) => !error).map(({ what }) => what)).to.deep.equal(succeeding);
  for (const { what, error } of outcomes) {
    if (!error) continue;
    expect(leaksIn(visibleIn(error)), what).to.deep.equal([]);
    expect(error.message, what).to.match(ONE_LINE);
  }
}

/** The deletes that succeed, because a resource that does not exist counts as deleted. */
const DELETES = ["delete of a template, call 2", "delete of a binding, call 2"];

/** The writes that succeed by server, because the provider reads nothing from their responses. */
const SUCCEEDING: Record<string, readonly string[]> = {
  "members of wrong types that repeat the request": [
    ...["delete of a template, call 2", "create of a binding, call 3"],
    ...["update of a binding, call 3", "update of a binding, call 4", "delete of a binding, call 2"],
  ],
};

describe("K1: an error after a failure of the server", () => {
  const cloud = perSuite(() => startCloud({ credentials: [CANARY_CREDENTIALS], rateLimits: false }));
  let stack: Stack;
  before(async () => {
    stack = await stackIn(cloud);
  });

  /** Runs one operation on a server that fails in this way. */
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
    it(`shows no secret after ${name}, at any call of any operation`, async () => {
      expectNoSecret(await allFailures(mistreat), SUCCEEDING[name]);
    });
  }

  it("shows no secret after a missing response", async () => {
    expectNoSecret(await writeFailures(MISTREATMENTS["accepts and never responds"] as Mistreat));
  });

  for (const code of ALL_CODES) {
    it(`shows no secret after the code ${code} with a message that repeats the request`, async () => {
      const isNotFound = (API_CODES.notFound as readonly string[]).includes(code);
      expectNoSecret(await writeFailures(apiError(code)), isNotFound ? DELETES : []);
    });
  }
});

it("a secret in a message of the API is hidden, even with white space in it or a full stop at its end", async () => {
  const cloud = closeAfterTest(await startCloud());
  const url = "https://hooks.example.com/live?token=CanaryToken.";
  const callbackKey = "Canary  Key\n1";
  const { TemplateId } = cloud.putTemplate({ TemplateName: "hooks", StreamBeginNotifyUrl: url });
  const inputs = { streamBeginNotifyUrl: url, callbackKey, adopt: TemplateId, adoptOverwrite: true };
  for (const secret of [url, callbackKey]) {
    cloud.addFault({
      kind: "error",
      code: "InvalidParameter",
      message: `wrong: ${secret}`,
      action: "ModifyLiveCallbackTemplate",
    });
    const { message } = await rejection(create(cloud.deployment().callbackTemplate, inputs));
    expect(message).to.contain("[hidden]");
    expect(leaksIn(message)).to.deep.equal([]);
  }
});
