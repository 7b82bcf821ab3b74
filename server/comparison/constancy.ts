/**
 * Says if a value of the platform can be a constant of a profile. `other-name`: the field may be one of the user's with another name.
 * `of-user`: the value is data of a user elsewhere in the recording. `one-user`: the recording has the value of one user only, so it may
 * be that user's own. `varies`: answers have different values.
 */
export type Constancy = 'constant' | 'other-name' | 'of-user' | 'one-user' | 'varies';
