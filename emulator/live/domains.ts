import type { EmulatorDomain } from "../account/domains";
import type { Handlers, Parameters } from "../actions";
import { ApiError, invalidValue } from "../apiError";

type DomainActions = "DescribeLiveDomain" | "DescribeLiveDomains";

export const domainActions: Handlers<DomainActions> = {
  DescribeLiveDomain({ DomainName }, { domains, dialect }) {
    const domain = domains.find(DomainName);
    if (!domain) throw new ApiError(dialect.domainNotFoundCode, "The domain does not exist or is not matched.");
    return { DomainInfo: domainView(domain) };
  },

  DescribeLiveDomains(request, { domains, dialect }) {
    checkRanges(request);
    const found = domains.list().filter((domain) => matches(domain, request));
    if (found.length === 0 && dialect.emptyDomainList === "error") {
      throw new ApiError("ResourceNotFound.EmptyData", "The data is empty.");
    }
    const { PageNum = 1, PageSize = 10 } = request;
    const page = found.slice((PageNum - 1) * PageSize, PageNum * PageSize);
    return {
      AllCount: found.length,
      DomainList: page.map(domainView),
      CreateLimitCount: CREATE_LIMIT,
      PlayTypeCount: [1, 2, 3].map(
        (area) => found.filter(({ type, playType }) => type === 1 && playType === area).length,
      ),
    };
  },
};

/** How many more domains the account may have, as in the published example. No action here uses it. */
const CREATE_LIMIT = 20;

const ranges = {
  DomainStatus: [0, 1],
  DomainType: [0, 1],
  IsDelayLive: [0, 1],
  PlayType: [1, 3],
  PageSize: [10, 100],
  PageNum: [1, 100_000],
} as const;

function checkRanges(request: Parameters<"DescribeLiveDomains">): void {
  for (const [name, [min, max]] of Object.entries(ranges)) {
    const value = request[name as keyof typeof ranges] ?? min;
    if (value < min || value > max) {
      throw invalidValue(name, `from ${min} to ${max}`);
    }
  }
}

function matches(domain: Required<EmulatorDomain>, request: Parameters<"DescribeLiveDomains">): boolean {
  const { DomainStatus, DomainType, IsDelayLive = 0, DomainPrefix = "", PlayType } = request;
  return (
    (DomainStatus === undefined || domain.status === DomainStatus) &&
    (DomainType === undefined || domain.type === DomainType) &&
    (PlayType === undefined || DomainType !== 1 || domain.playType === PlayType) &&
    domain.isDelayLive === IsDelayLive &&
    domain.name.startsWith(DomainPrefix)
  );
}

/** Returns a domain in the API's form. Members that are not emulated are those of the published example. */
function domainView(domain: Required<EmulatorDomain>) {
  return {
    Name: domain.name,
    Type: domain.type,
    Status: domain.status,
    CreateTime: "2018-09-12 15:52:01",
    BCName: 1,
    TargetDomain: domain.name,
    PlayType: domain.playType,
    IsDelayLive: domain.isDelayLive,
    CurrentCName: `${domain.name}.tlivecdn.com.`,
    RentTag: 0,
    RentExpireTime: "0000-00-00 00:00:00",
    IsMiniProgramLive: 0,
  };
}
