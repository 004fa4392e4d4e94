import type { RunEvent, RunRecord } from '@muster/model'
import { advance, startProgress } from '../progress/progress-state.ts'
import { counted } from '../text/counted.ts'
import { eventLines } from './event-lines.ts'
import { guardedReporter } from './guarded-reporter.ts'
import { renderSummary } from './render-summary.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'
import { streamStyle } from './stream-style.ts'

/** For CI and pipes: one line for each suite when it finishes, then the summary. */
export function plainReporter(options: ReporterOptions): Reporter {
  const { stream } = options
  const style = streamStyle(stream, options.env)
  const progress = startProgress()
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
  }
  const reporter: Reporter = {
    accept(event: RunEvent) {
      advance(progress, event)
      if (event.kind === 'run-started') {
        print([style.dim(`Run ${event.runId} with ${counted(event.workers, 'worker')}`)])
      }
      print(eventLines(event, progress, style))
    },
    close(record?: RunRecord) {
      if (record) stream.write(renderSummary(record, { ...options, style }))
    },
  }
  return guardedReporter(reporter, stream)
}
