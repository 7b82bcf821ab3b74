/** Names that consoles, test runners and `await` look up on every object. A function under such a name would mislead them. */
export const reservedNames = /^(then|toJSON|nodeType|tagName|asymmetricMatch|inspect)$|^[^a-z]/;
