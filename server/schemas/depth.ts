/** How many objects and lists stand in one another in a JSON text, at the deepest. */
export function depthOf(text: string): number {
  let depth = 0;
  let found = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') found = Math.max(found, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return found;
}
