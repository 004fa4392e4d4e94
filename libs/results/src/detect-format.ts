import { RESULT_FORMATS, type ResultFormat } from '@muster/model'
import { FORMATS } from './formats.ts'

/**
 * The format of a result file from its first characters (some hundred are enough for most; reporters that
 * write their totals last need some thousand), or undefined when it is none of ours.
 */
export function detectFormat(head: string): ResultFormat | undefined {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  return RESULT_FORMATS.find((format) => FORMATS[format].detect(text))
}
