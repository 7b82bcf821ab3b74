/** Is told of every code and token that enters or leaves a store, so that a call can find its tenant by them. */
export interface CredentialIndex {
  add(credential: string): void;
  remove(credential: string): void;
}

export const noIndex: CredentialIndex = { add() {}, remove() {} };
