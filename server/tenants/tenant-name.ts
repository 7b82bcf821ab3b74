/** The names that a tenant may have. */
export const tenantName = /^[A-Za-z0-9_.-]{1,64}$/;
/** The tenant of calls that name none. */
export const defaultTenant = 'default';
