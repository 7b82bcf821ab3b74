/**
 * The parameter `id` at the end of a page's route. It is never empty, so `/users/` is not a user's page: it is redirected to `/users`, as
 * each page is.
 */
export const idParameter = ':id(^.+$)';
