import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ProviderError } from "../../api/errors";
import type { Properties } from "../../properties";
import { own, words } from "../../words";

/** The version of the states that this plugin writes. */
const STATE_VERSION = 1;

/** Returns the last part of the type in a URN: `tencentcloud-live:index:CallbackTemplate`. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

/** Returns the logical name in a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** Returns 7 digits that identify a URN. They are short because the state holds them twice per resource. */
export const ownerOf = (urn: string): string => createHash("sha256").update(urn).digest("hex").slice(0, 7);

/**
 * Inputs and outputs that no program sets: those of this plugin, and of the dynamic classes in older states.
 */
const BOOKKEEPING = ["__provider", "__defaults", "declaredBy", "automaticName", "stateVersion"];

/** Removes the properties that no program sets. */
export function ownProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !BOOKKEEPING.includes(name)));
}

/**
 * Removes bookkeeping that the engine has copied from the inputs of the state, as it does for the option
 * `ignoreChanges: ["*"]` and in an import. Bookkeeping that the program sets is kept, so that the check
 * rejects it.
 */
export function programProperties(news: Properties, olds: Properties): Properties {
  const isCopied = (name: string) => BOOKKEEPING.includes(name) && isDeepStrictEqual(news[name], olds[name]);
  return Object.fromEntries(Object.entries(news).filter(([name]) => !isCopied(name)));
}

/** Returns the properties that this plugin adds to the outputs of a resource. */
export const bookkeeping = (owner: string): Properties => ({ declaredBy: owner, stateVersion: STATE_VERSION });

/** Returns the owner that a state records, also a state of the dynamic classes. */
export const ownerInState = ({ declaredBy }: Properties): string => (typeof declaredBy === "string" ? declaredBy : "");

/**
 * Returns an error if a state has a later version, in which properties may mean something else; otherwise
 * `undefined`.
 */
export function tooNew({ stateVersion = 0 }: Properties): ProviderError | undefined {
  if (Number(stateVersion) <= STATE_VERSION) return undefined;
  const versions = own(`its version is ${stateVersion}, and this plugin supports up to ${STATE_VERSION}`);
  return new ProviderError(words`the state was written by a later version of the plugin: ${versions}`, {
    code: "Provider.StateTooNew",
    remedy: words`Install that version, or a later one.`,
  });
}
