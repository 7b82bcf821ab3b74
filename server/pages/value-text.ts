import { catalogue, phrase } from './catalogues.js';

/** A fixed value of a field in words, such as `ACTIVE` of `status`, or the value itself if there are none. */
export function valueInWords(field: string, value: string, lang: string): string {
  return phrase(catalogue(lang), `values.${field}.${value}`) ?? value;
}
