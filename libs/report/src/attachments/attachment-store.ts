import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isFlakyCase, type Attachment, type RunRecord, type TestCase } from '@muster/model'
import { attachmentFileName } from './attachment-file-name.ts'

/** Absolute path of a kept copy; undefined when it is gone. */
export type FindAttachment = (kept: NonNullable<Attachment['kept']>) => string | undefined

/** Beside the report, for its links. */
const FOLDER = 'attachments'
/** Of all copies: a report is sent around. */
const MAX_BYTES = 256 << 20

/** The attachments that lie beside a report. */
export interface AttachmentStore {
  /** Relative to the report, '/'-separated; undefined when it isn't there. */
  pathOf(attachment: Attachment): string | undefined
  read(attachment: Attachment): Promise<Buffer | undefined>
}

export const NO_ATTACHMENTS: AttachmentStore = {
  pathOf: () => undefined,
  read: () => Promise.resolve(undefined),
}

/**
 * Copies what the record's cases attached into the folder of its report, failures' first, and takes away what an earlier
 * report left there. What can't be copied isn't in the store.
 * @param folder absolute
 */
export async function storeAttachments(
  record: RunRecord,
  folder: string,
  find: FindAttachment,
): Promise<AttachmentStore> {
  const dir = join(folder, FOLDER)
  const stored = new Set<string>()
  const before = new Set(await readdir(dir).catch(() => []))
  let bytes = 0
  for (const attachment of worstFirst(record).flatMap(({ attachments = [] }) => attachments)) {
    const { kept } = attachment
    const source = kept && find(kept)
    if (source === undefined || bytes + kept!.bytes > MAX_BYTES) continue
    const name = attachmentFileName(attachment)
    if (name === undefined || stored.has(name)) continue
    if (!before.has(name) && !(await copied(source, dir, name))) continue
    stored.add(name)
    bytes += kept!.bytes
  }
  const left = [...before].filter((name) => !stored.has(name))
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })))
  const nameOf = (attachment: Attachment): string | undefined => {
    const name = attachmentFileName(attachment)
    return name !== undefined && stored.has(name) ? name : undefined
  }
  return {
    pathOf(attachment) {
      const name = nameOf(attachment)
      return name === undefined ? undefined : `${FOLDER}/${name}`
    },
    async read(attachment) {
      const name = nameOf(attachment)
      return name === undefined ? undefined : readFile(join(dir, name)).catch(() => undefined)
    },
  }
}

async function copied(source: string, dir: string, name: string): Promise<boolean> {
  try {
    await mkdir(dir, { recursive: true })
    await copyFile(source, join(dir, name))
    return true
  } catch {
    return false
  }
}

/** Cases with attachments; when there is no room for all, those of failures are what somebody looks for. */
export function worstFirst(record: RunRecord): readonly TestCase[] {
  const cases = record.suites.flatMap((suite) => suite.cases.filter(({ attachments }) => attachments))
  return [...cases.filter(isBad), ...cases.filter((each) => !isBad(each))]
}

const isBad = (each: TestCase): boolean => each.status === 'failed' || isFlakyCase(each)
