/** The name of the first element, past declaration, comments and DOCTYPE; '' when it is no XML. */
export function xmlRoot(head: string): string {
  if (!head.startsWith('<')) return ''
  return /<([A-Za-z_][\w.:-]*)/.exec(head.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ''))?.[1] ?? ''
}

export const isJsonWith = (head: string, sign: RegExp): boolean => head.startsWith('{') && sign.test(head)
