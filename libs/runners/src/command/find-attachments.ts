import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Attachment, TestCase } from '@muster/model'

interface Place {
  /** Absolute workspace root. */
  readonly root: string
  /** Workspace-relative folder of the suite, which the reader took paths to start from. */
  readonly dir: string
}

/**
 * The files that a report says a case left, where they are: some tools tell them from the workspace's root. A report
 * holds what tests print, so that none is taken from outside of the workspace.
 */
export function findAttachments(testCase: TestCase, place: Place): TestCase {
  const { attachments } = testCase
  if (!attachments) return testCase
  return { ...testCase, attachments: attachments.map((each) => locate(each, place)) }
}

function locate(attachment: Attachment, { root, dir }: Place): Attachment {
  const { file, ...told } = attachment
  if (file === undefined) return attachment
  if (isAbsolute(file) || file.startsWith('../')) return { ...told, lost: 'it lies outside of the workspace' }
  const fromRoot = dir !== '' && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file
  const isThere = existsSync(join(root, file)) || !existsSync(join(root, fromRoot))
  return isThere ? attachment : { ...told, file: fromRoot }
}
