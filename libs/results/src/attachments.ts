import { posix } from 'node:path'
import type { Attachment } from '@muster/model'
import { MAX_ATTACHMENTS, MAX_NAME } from './limits.ts'
import { cut, detach } from './text.ts'
import { type PathBase, workspacePath } from './workspace-path.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
}

/** Longer than any path that a system would open. */
const MAX_PATH = 4096

/**
 * A file that a report names.
 * @returns undefined for what is no file: an address in the net, an empty text
 */
export function attachmentAt(
  reported: string,
  base: PathBase,
  told: { readonly name?: string | undefined; readonly contentType?: string | undefined } = {},
): Attachment | undefined {
  const file = reported.length > MAX_PATH || isAddress(reported) ? undefined : workspacePath(reported, base)
  if (file === undefined) return undefined
  return {
    name: cut(detach(told.name || posix.basename(file)), MAX_NAME),
    contentType: detach(
      told.contentType || TYPES[posix.extname(file).toLowerCase()] || 'application/octet-stream',
    ),
    file: detach(file),
  }
}

const isAddress = (text: string): boolean => /^(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(text)

const MARK = /\[\[ATTACHMENT\|([^\]\r\n]+)\]\]\r?\n?/g

/** The marks by which JUnit reports name files in a test's output, as Jenkins and GitLab read them; and the rest of it. */
export function takeMarks(
  output: string,
  base: PathBase,
): { readonly rest: string; readonly attachments: readonly Attachment[] } {
  if (!output.includes('[[ATTACHMENT|')) return { rest: output, attachments: [] }
  const attachments: Attachment[] = []
  const rest = output.replaceAll(MARK, (_, path: string) => {
    const found = attachments.length < MAX_ATTACHMENTS ? attachmentAt(path.trim(), base) : undefined
    if (found) attachments.push(found)
    return ''
  })
  return { rest, attachments }
}
