import type { BindTarget } from "pulumi-tencentcloud-live";

/** The differences between customers. */
export interface Customer {
  /** The cloud account that holds its domains. */
  accountId: string;
  /** The URL that receives its callbacks. */
  receiver: string;
  domains: BindTarget[];
}

/** The customers by the names of their stacks. */
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
