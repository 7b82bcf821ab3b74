import { formOf } from '../comparison/forms.js';
import { text } from '../texts/text.js';
import type { Lesson } from './lesson.js';

/** The form of the answer's time. The other headers of an answer are not in a profile. */
export const learnHeaderValue: Lesson<'header-value'> = (source, { place = '', platform }) => {
  if (place !== 'response-time') return text('unlearned-header', { place });
  const form = formOf(platform);
  if (form.kind === 'epoch-ms') {
    source.headers.time = 'epoch-ms';
    return undefined;
  }
  if (form.kind !== 'time' || form.fraction > 0 || !/^[+-]\d\d:\d\d$/.test(form.offset)) return text('unlearned-form', { place });
  if (source.headers.time === 'epoch-ms') source.headers.time = 'iso';
  source.timeOffset = form.offset;
  return undefined;
};
