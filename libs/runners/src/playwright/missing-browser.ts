import type { CaseError } from '@muster/model'

/** What Playwright says when there is no browser, or nothing to run it with. */
const PATTERNS = [
  /Executable doesn't exist at (?<path>\S+)/,
  /(?<path>\w+) distribution '[^']+' is not found at \S+/,
  /Failed to launch (?<path>\w+) because executable doesn't exist at \S+/,
  /Host system is missing dependencies to run browsers/,
  /spawn (?<path>\S+) ENOENT/,
]

/** For people, with the fix; undefined when this is another failure. Only starting a browser is looked at. */
export function missingBrowser({ message }: CaseError): string | undefined {
  if (!/\blaunch|Failed to launch/.test(message)) return undefined
  const line = message.split('\n').find((each) => PATTERNS.some((pattern) => pattern.test(each)))
  if (line === undefined) return undefined
  const what = line.trim().replace(/^(?:browserType|\w+)\.launch\w*: /, '')
  return `there is no browser to test with: ${what}. Install it: npx playwright install --with-deps`
}
