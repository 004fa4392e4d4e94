import { readFileSync } from 'node:fs'

/** This package's version; all of Muster's packages share one. */
export const MUSTER_VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version
