import { posix } from 'node:path'
import type { Attachment } from '@muster/model'

/** The only ones that a name keeps: what a test wrote must not choose how a file is opened. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/markdown': '.md',
  'text/plain': '.txt',
  'video/mp4': '.mp4',
  'video/webm': '.webm',
}
const HASH_CHARACTERS = 16

/** Beside a report: by content, with the extension of its type, else its own; undefined when no copy is kept. */
export function attachmentFileName({ kept, contentType, file }: Attachment): string | undefined {
  if (!kept) return undefined
  const own = posix.extname(file ?? '')
  const extension = EXTENSIONS[contentType.split(';', 1)[0]!.trim()] ?? (/^\.\w{1,8}$/.test(own) ? own : '')
  return kept.sha256.slice(0, HASH_CHARACTERS) + extension
}
