/** What consoles, test runners and `await` look for on any object: a function in its place would mislead them. */
export const notACall = /^(then|toJSON|nodeType|tagName|asymmetricMatch|inspect)$|^[^a-z]/;
