import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ProviderError } from "../../api/errors";
import type { Properties } from "../../properties";
import { own, words } from "../../words";

/** The version of the states that this plugin writes. */
const STATE_VERSION = 1;

/** The last part of a URN's type: `tencentcloud-live:index:CallbackTemplate`. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** The logical name in a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** Identifies a resource by its URN, in 7 digits: the state has it twice per resource. */
export const ownerOf = (urn: string): string => createHash("sha256").update(urn).digest("hex").slice(0, 7);

/** Inputs and outputs that no program sets: of this plugin, and of the dynamic classes in older states. */
const BOOKKEEPING = ["__provider", "__defaults", "declaredBy", "automaticName", "stateVersion"];

/** Removes what no program sets. */
export function ownProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !BOOKKEEPING.includes(name)));
}

/**
 * Removes what the engine has copied from the inputs of the state: it does so with the option `ignoreChanges: ["*"]`
 * and in an import. What a program sets itself is kept, for the check to refuse it.
 */
export function programProperties(news: Properties, olds: Properties): Properties {
  const isCopied = (name: string) => BOOKKEEPING.includes(name) && isDeepStrictEqual(news[name], olds[name]);
  return Object.fromEntries(Object.entries(news).filter(([name]) => !isCopied(name)));
}

/** Returns what this plugin adds to the outputs of a resource. */
export const bookkeeping = (owner: string): Properties => ({ declaredBy: owner, stateVersion: STATE_VERSION });

/** Returns the owner that a state records, also one of the dynamic classes. */
export const ownerInState = ({ declaredBy }: Properties): string => (typeof declaredBy === "string" ? declaredBy : "");

/**
 * Returns why a state cannot be used; `undefined` if it can. That of a later version may mean something else.
 */
export function tooNew({ stateVersion = 0 }: Properties): ProviderError | undefined {
  if (Number(stateVersion) <= STATE_VERSION) return undefined;
  const versions = own(`its version is ${stateVersion}, and this plugin supports up to ${STATE_VERSION}`);
  return new ProviderError(words`the state was written by a later version of the plugin: ${versions}`, {
    code: "Provider.StateTooNew",
    remedy: words`Install that version, or a later one.`,
  });
}
