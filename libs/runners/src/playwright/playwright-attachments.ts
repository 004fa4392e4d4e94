import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Attachment } from '@muster/model'
import { workspacePath } from '../workspace-path.ts'
import type { PlaywrightAttachment, PlaywrightTest } from './playwright-api.ts'

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/zip': '.zip',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'text/html': '.html',
  'text/markdown': '.md',
  'text/plain': '.txt',
}

/** Screenshots, traces, videos and what tests attached themselves, of all executions of a test. */
export function attachmentsOf(root: string, test: PlaywrightTest): Attachment[] {
  const several = test.results.filter(({ attachments }) => attachments.length > 0).length > 1
  return test.results.flatMap(({ attachments, retry }) =>
    attachments.flatMap((attachment) => {
      const { name, contentType } = attachment
      // Of Playwright's own reporters.
      if (name.startsWith('_')) return []
      const file = attachment.path ?? writeBody(test, attachment)
      return {
        name: several ? `${name}, execution ${retry + 1}` : name,
        contentType,
        ...(file !== undefined && { file: inWorkspace(root, file) }),
      }
    }),
  )
}

function inWorkspace(root: string, file: string): string {
  const path = workspacePath(root, file)
  return path.startsWith('../') ? file : path
}

/** What has no file gets one among the other artifacts, which Playwright takes away when it is started again. */
function writeBody(test: PlaywrightTest, { body, contentType }: PlaywrightAttachment): string | undefined {
  const outputDir = test.parent.project()?.outputDir
  if (body === undefined || outputDir === undefined) return undefined
  const dir = join(outputDir, 'attached')
  const name = createHash('sha256').update(body).digest('hex').slice(0, 16)
  const file = join(dir, name + (EXTENSIONS[contentType] ?? '.bin'))
  try {
    mkdirSync(dir, { recursive: true })
    writeFileSync(file, body)
    return file
  } catch {
    return undefined
  }
}
