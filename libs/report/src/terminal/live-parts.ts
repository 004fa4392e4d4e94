import { formatDuration } from '../text/format-duration.ts'
import { fitWidth } from '../text/display-width.ts'
import type { Style } from './style.ts'

/** A part of a line: its text and how to paint it, so that its width is known. */
export type Part = readonly [text: string, paint: (text: string) => string]

/** Whole seconds: a screen that counts hundredths is not calm. */
export function wholeSeconds(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000)
}

/** A forecast in steps that grow with it: nobody needs "2 min 43 s left" that changes each second. */
export function roughly(ms: number): string {
  const seconds = Math.max(0, ms / 1_000)
  const step = seconds < 20 ? 1 : seconds < 120 ? 5 : seconds < 600 ? 15 : 60
  return wholeSeconds(Math.max(1, Math.ceil(seconds / step) * step) * 1_000)
}

/** As many parts as the line has room for; the first is always there. */
export function joinFitting(parts: readonly Part[], style: Style): string {
  const gap = `  ${style.symbols.separator}  `
  let room = style.width - 3
  const kept: string[] = []
  for (const [text, paint] of parts) {
    const cut = fitWidth(text, room, style.symbols.ellipsis)
    if (cut !== text && kept.length > 0) break
    kept.push(paint(cut))
    room -= text.length + gap.length
  }
  return kept.join(style.dim(gap))
}
