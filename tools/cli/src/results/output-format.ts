/** What reports are written in. */
export const OUTPUT_FORMATS = ['junit', 'ctrf', 'markdown', 'sarif'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

const BY_EXTENSION: readonly (readonly [RegExp, OutputFormat])[] = [
  [/\.sarif(?:\.json)?$/i, 'sarif'],
  [/\.json$/i, 'ctrf'],
  [/\.xml$/i, 'junit'],
  [/\.(?:md|markdown)$/i, 'markdown'],
]

/** By the file's name; undefined when it doesn't tell. */
export const outputFormat = (file: string): OutputFormat | undefined =>
  BY_EXTENSION.find(([pattern]) => pattern.test(file))?.[1]

export const CANT_TELL =
  'its name tells no format; end it with .xml (JUnit), .json (CTRF), .md or .sarif, or say it with --to'
