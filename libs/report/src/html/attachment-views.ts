import type { Attachment, RunRecord } from '@muster/model'
import { worstFirst, type AttachmentStore } from '../attachments/attachment-store.ts'
import { formatBytes } from '../text/format-bytes.ts'
import type { AttachmentView } from './report-data.ts'

/** An image that is part of the page, and all of them together, bytes: the page must still open at once. */
const MAX_IMAGE = 2 << 20
const IMAGE_BUDGET = 12 << 20

const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** What the page shows of each attachment: images within a budget, failures' first; links; or why there is neither. */
export async function attachmentViews(
  record: RunRecord,
  store: AttachmentStore,
): Promise<ReadonlyMap<Attachment, AttachmentView>> {
  const views = new Map<Attachment, AttachmentView>()
  let budget = IMAGE_BUDGET
  for (const attachment of worstFirst(record).flatMap(({ attachments = [] }) => attachments)) {
    const { name, contentType, kept } = attachment
    const about = { name, type: contentType, ...(kept && { size: formatBytes(kept.bytes) }) }
    const path = store.pathOf(attachment)
    const fits = kept !== undefined && IMAGES.has(contentType) && kept.bytes <= Math.min(MAX_IMAGE, budget)
    const image = path !== undefined && fits ? await store.read(attachment) : undefined
    if (image) budget -= image.length
    views.set(attachment, {
      ...about,
      ...(image && { image: `data:${contentType};base64,${image.toString('base64')}` }),
      ...(path === undefined ? { gone: reasonOf(attachment) } : { path }),
    })
  }
  return views
}

function reasonOf({ lost, kept, file }: Attachment): string {
  if (lost !== undefined) return lost
  if (kept) return `the copy that run ${kept.runId} kept is not on this machine any longer`
  return file === undefined ? 'its content was not told' : `no copy was kept; it was at ${file}`
}
