export const RESULT_FORMATS = ['junit', 'tap', 'ctrf'] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

/**
 * The format of a result file from its first characters (some hundred are enough), or undefined when it
 * is none of ours. TAP may come after other output, so its lines are looked for anywhere in the head.
 */
export function detectFormat(head: string): ResultFormat | undefined {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('<')) {
    const root = /<([A-Za-z_][\w.:-]*)/.exec(text.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ''))?.[1]
    return root === 'testsuites' || root === 'testsuite' ? 'junit' : undefined
  }
  if (text.startsWith('{')) {
    if (/"reportFormat"\s*:\s*"CTRF"/.test(text)) return 'ctrf'
    return /"results"\s*:\s*\{\s*"(?:tool|summary|tests)"/.test(text) ? 'ctrf' : undefined
  }
  return /^(?:TAP version 1[34]|1\.\.\d+|(?:not )?ok(?: \d+)?(?: |$))/m.test(text) ? 'tap' : undefined
}
