import type { BindTarget } from "pulumi-tencentcloud-live";

/** What differs from customer to customer. */
export interface Customer {
  /** The cloud account that holds its domains. */
  accountId: string;
  /** Where its callbacks go. */
  receiver: string;
  domains: BindTarget[];
}

/** One stack each, of that name. */
export const customers: Record<string, Customer> = {
  acme: {
    accountId: "100000000001",
    receiver: "https://hooks.example.com/acme",
    domains: ["push.acme.example.com"],
  },
  globex: {
    accountId: "100000000001",
    receiver: "https://hooks.example.com/globex",
    domains: ["push.globex.example.com", { domainName: "events.example.com", appName: "globex" }],
  },
};
