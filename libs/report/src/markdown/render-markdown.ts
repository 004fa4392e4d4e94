import type { RunRecord } from '@muster/model'
import type { Templates } from '../write/load-templates.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { summaryView } from './summary-view.ts'

/** GitHub refuses a step summary above 1 MiB; bytes. */
export const SUMMARY_LIMIT = 1_000_000

/** The job summary. Shows fewer suites and failures, and says how many are missing, until it fits. */
export async function renderMarkdown(
  record: RunRecord,
  templates: Pick<Templates, 'summary'>,
): Promise<string> {
  const { default: mustache } = await import('mustache')
  let limits = { suites: 2_000, failures: 200 }
  for (;;) {
    const view = summaryView(record, limits)
    const text = mustache.render(templates.summary, view, {}, { escape: escapeMarkdown })
    if (Buffer.byteLength(text) <= SUMMARY_LIMIT) return text
    if (limits.suites + limits.failures === 0) return cut(text)
    limits = { suites: Math.floor(limits.suites / 2), failures: Math.floor(limits.failures / 2) }
  }
}

/** Only a team's own template can be this long without any suite in it. */
function cut(text: string): string {
  const note = '\n\n(cut at 1 MB)\n'
  const room = SUMMARY_LIMIT - Buffer.byteLength(note)
  // A cut through a character leaves one replacement character, which takes three bytes.
  return (
    Buffer.from(text)
      .subarray(0, room - 3)
      .toString('utf8') + note
  )
}
