import type { RunEvent, RunRecord } from '@muster/model'
import { advance, startProgress } from '../progress/progress-state.ts'
import { eventLines } from './event-lines.ts'
import { guardedReporter } from './guarded-reporter.ts'
import { renderLive } from './render-live.ts'
import { renderSummary } from './render-summary.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'
import { streamStyle } from './stream-style.ts'

/** Ten frames a second look live; more only cost time. */
const FRAME_MS = 100

/** For terminals: finished suites and failures scroll up as plain lines, below them one live screen. */
export async function liveReporter(options: ReporterOptions): Promise<Reporter> {
  // Costs 30 ms to load, which a pipe never needs.
  const { createLogUpdate } = await import('log-update')
  const { stream, env } = options
  const screen = createLogUpdate(stream)
  const progress = startProgress()
  let style = streamStyle(stream, env)
  let pending: string[] = []

  /** Lines wait for the next frame: a thousand cached suites are one write, not a thousand screens. */
  const flush = (): void => {
    if (pending.length === 0) return
    const text = `${pending.join('\n')}\n`
    pending = []
    screen.clear()
    stream.write(text)
  }
  const draw = (): void => {
    style = streamStyle(stream, env)
    flush()
    const rows = (stream.rows ?? 24) - 1
    const frame = renderLive(progress, style, { now: options.now(), rows })
    // Cut, because log-update would keep the last lines of a frame that is too high and wipe it line by line.
    screen(frame.slice(0, rows).join('\n'))
  }
  const reporter: Reporter = {
    accept(event: RunEvent) {
      advance(progress, event)
      pending.push(...eventLines(event, progress, style))
      if (event.kind === 'run-started') draw()
    },
    close(record?: RunRecord) {
      clearInterval(timer)
      flush()
      screen.clear()
      screen.done()
      if (record) stream.write(renderSummary(record, { ...options, style }))
    },
  }
  const guarded = guardedReporter(reporter, stream)
  const timer = setInterval(() => guardedDraw(draw), FRAME_MS)
  timer.unref()
  return guarded
}

/** A frame that can't be drawn is left out; the next one may fit. */
function guardedDraw(draw: () => void): void {
  try {
    draw()
  } catch {
    // Nothing to add: the log above the screen is what counts.
  }
}
