import type { sts } from "../../provider/api/contract/sts";
import type { Context, Handlers } from "../actions";
import { ApiError } from "../apiError";
import { accountOf, type EmulatorRole, expiryOf, keysOf, SESSION_SECONDS, type Session } from "./roles";

const MAX_SECONDS = 43_200;
const SESSION_NAME = /^[\w+=,.@-]{2,128}$/;

interface RoleRequest {
  RoleSessionName: string;
  DurationSeconds?: number | undefined;
}

/**
 * The actions of the Security Token Service, with the codes that each of them documents.
 *
 * @see https://www.tencentcloud.com/document/product/1150/49452
 */
export const stsActions: Handlers<keyof typeof sts.actions> = {
  AssumeRole(request, context) {
    const role = context.roles.find(request.RoleArn);
    if (!role) throw new ApiError("ResourceNotFound.RoleNotFound", "The role does not exist.");
    if (role.webIdentity || (role.externalId !== undefined && role.externalId !== request.ExternalId)) {
      throw new ApiError("UnauthorizedOperation", "The role does not trust the caller.");
    }
    return sessionResponse(begin(role, request, context, "InvalidParameter.OverTimeError"));
  },

  AssumeRoleWithWebIdentity(request, context) {
    const role = context.roles.find(request.RoleArn);
    if (!role) throw new ApiError("InternalError.GetRoleError", "The role cannot be retrieved.");
    const { providerId, tokens } = role.webIdentity ?? {};
    if (!context.roles.open && providerId !== request.ProviderId) {
      throw new ApiError("UnauthorizedOperation", "The role does not trust this identity provider.");
    }
    if (request.WebIdentityToken === "" || (tokens && !tokens.includes(request.WebIdentityToken))) {
      throw new ApiError("InvalidParameter.WebIdentityTokenError", "The web identity token is not valid.");
    }
    return sessionResponse(begin(role, request, context, "InvalidParameter.ParamError"));
  },

  GetCallerIdentity(_, { caller, accountId: ownAccount }) {
    const { accountId = ownAccount, arn = `qcs::cam::uin/${accountId}:uin/${accountId}` } = caller ?? {};
    const isRole = caller?.arn !== undefined;
    return {
      AccountId: accountId,
      Arn: arn,
      PrincipalId: accountId,
      UserId: accountId,
      Type: isRole ? "CAMRole" : "CAMUser",
    };
  },
};

function begin(role: EmulatorRole, request: RoleRequest, { sessions, now }: Context, tooLong: string): Session {
  const { RoleSessionName: name, DurationSeconds: seconds = SESSION_SECONDS } = request;
  if (!SESSION_NAME.test(name)) throw new ApiError("InvalidParameter.ParamError", "RoleSessionName is not valid.");
  if (seconds < 1 || seconds > MAX_SECONDS) throw new ApiError(tooLong, "DurationSeconds is not valid.");
  return sessions.begin({ accountId: accountOf(role.arn), name }, seconds, now);
}

function sessionResponse(session: Session) {
  return { Credentials: keysOf(session), ...expiryOf(session) };
}
