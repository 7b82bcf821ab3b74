import type { Exchange } from '../recordings/exchange.js';
import { type Text, text } from '../texts/text.js';

/**
 * Says that the keys which somebody gives to verify signatures are of no use, because the recorder has replaced values.
 * @param hasKey true if a key is given
 * @returns undefined if there is nothing to say
 */
export function maskedNote(recording: readonly Exchange[], hasKey: boolean): Text | undefined {
  const masked = recording.filter(({ isMasked }) => isMasked);
  if (!hasKey || masked.length === 0) return undefined;
  const isFound = masked.some(({ signatures }) => [signatures?.request, signatures?.response].some((own) => own?.content));
  return text(isFound ? 'recording-masked' : 'recording-masked-without-key');
}
