import { TextDecoder } from 'node:util'

/** Bytes to look at before an encoding can be told. */
export const SNIFF_BYTES = 256

/**
 * The encoding of a result file from its first bytes: a byte order mark, else an XML declaration, else
 * UTF-8. UTF-16 without its mark is told by the zero beside the first '<', '{' or '['; a declared one that
 * isn't there is ignored: the declaration could be read as ASCII, so it lies (.NET reporters write such files).
 */
export function sniffDecoder(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le')
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be')
  if (isOpening(head[0]) && head[1] === 0) return new TextDecoder('utf-16le')
  if (head[0] === 0 && isOpening(head[1])) return new TextDecoder('utf-16be')
  const ascii = Buffer.from(head.subarray(0, SNIFF_BYTES)).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(ascii)?.[1]
  if (declared === undefined || /^utf-?16|^ucs|^iso-10646/i.test(declared)) return new TextDecoder()
  try {
    return new TextDecoder(declared)
  } catch {
    return new TextDecoder()
  }
}

const isOpening = (byte: number | undefined): boolean => byte === 0x3c || byte === 0x7b || byte === 0x5b
