import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { RunRecord } from '@muster/model'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Templates } from '../write/load-templates.ts'
import { embedJson } from './embed-json.ts'
import { foldReport } from './fold-report.ts'
import type { ReadOutput } from './attempt-outputs.ts'
import { linkClient } from './link-client.ts'
import { pageView } from './page-view.ts'

/** Beside the sources; at the same place seen from `src` and from `dist`. */
const CLIENT = new URL('../../src/html/client/', import.meta.url)
const STYLE = new URL('../../src/html/style/', import.meta.url)
/** In the order of the cascade. */
const STYLES = [
  'tokens',
  'base',
  'header',
  'failures',
  'suites',
  'attempts',
  'tests',
  'attachments',
  'timeline',
  'performance',
  'details',
  'media',
]

/**
 * The report as one HTML file that asks for nothing from anywhere. Its content security policy names the hash of
 * its one script and its one style, so that nothing a test printed could run even if it got into the page.
 */
export async function renderHtml(
  record: RunRecord,
  templates: Templates,
  readOutput: ReadOutput,
  attachments: AttachmentStore,
): Promise<string> {
  const { default: mustache } = await import('mustache')
  const [script, styles, report] = await Promise.all([
    linkClient(CLIENT, 'main.js'),
    Promise.all(STYLES.map((name) => readFile(new URL(`${name}.css`, STYLE), 'utf8'))),
    foldReport(record, readOutput, attachments),
  ])
  const { page, header, appendix, extraStyle } = templates
  const style = [...styles, extraStyle].join('')
  const view = {
    ...pageView(record),
    style,
    styleHash: sha256(style),
    script,
    scriptHash: sha256(script),
    data: embedJson(report),
  }
  return mustache.render(page, view, { header, appendix })
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
