import type { BoundedCapture, Captured } from './bounded-capture.ts'

interface Streams {
  readonly stdout: BoundedCapture
  readonly stderr: BoundedCapture
}

/** The parts of an attempt in their order, each under its own limit; those beside the unit are headed by their name. */
export function joinSections(
  sections: Readonly<Record<string, Streams | undefined>>,
  stream: keyof Streams,
): Captured {
  const parts: Buffer[] = []
  let totalBytes = 0
  for (const [name, streams] of Object.entries(sections)) {
    const captured = streams?.[stream].captured()
    if (!captured || captured.totalBytes === 0) continue
    totalBytes += captured.totalBytes
    parts.push(name === 'unit' ? captured.data : headed(name, captured.data))
  }
  return { data: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), totalBytes }
}

const headed = (name: string, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`── ${name} ──\n`), data, Buffer.from(data.at(-1) === 10 ? '' : '\n')])
