/** Makes the ids of the headings of one document, as GitHub makes them, so that a link to a heading works in both places. */
export function createHeadingIds(): (heading: string) => string {
  const used = new Map<string, number>();
  return (heading) => {
    const id = headingId(heading);
    const count = used.get(id) ?? 0;
    used.set(id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  };
}

/** The id of a heading that is the only one with its text. */
export function headingId(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
