/**
 * Finds fields of a multipart form: their headers with the empty line, and their value, which is a line.
 * @param names of the fields, as a part of a regular expression
 */
export function multipartField(names: string, flags: string): RegExp {
  return new RegExp(String.raw`(\bname="(?:${names})"(?:\r?\n[^\r\n]{1,200}){0,3}\r?\n\r?\n)([^\r\n]+)`, flags);
}
