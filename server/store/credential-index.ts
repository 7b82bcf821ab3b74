/** Receives every code and token that enters or leaves a store, so that a call's tenant can be found by its code or token. */
export interface CredentialIndex {
  add(credential: string): void;
  remove(credential: string): void;
}

export const noIndex: CredentialIndex = { add() {}, remove() {} };
