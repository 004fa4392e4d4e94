/**
 * Deep links: `#suite=unit-model`, `#case=unit-model/group › title`. Suites hold no `=`; a case's name is all
 * after the first ` / `.
 * @typedef {{ type: 'suite', suite: string } | { type: 'case', suite: string, name: string }} Link
 */

const SEPARATOR = ' / '

/** @param {string} suite */
export const suiteLink = (suite) => `#suite=${encodeURIComponent(suite)}`

/** @param {import('./model.js').Case} testCase */
export const caseLink = (testCase) =>
  `#case=${encodeURIComponent([testCase.suite.name, [...testCase.group, testCase.title].join(' › ')].join(SEPARATOR))}`

/**
 * @param {string} hash
 * @returns {Link | undefined} undefined for an anchor of the page itself, or a link damaged on its way
 */
export function parseLink(hash) {
  const match = /^#(suite|case)=(.+)$/.exec(hash)
  if (!match) return undefined
  const text = decode(match[2] ?? '')
  if (text === undefined) return undefined
  if (match[1] === 'suite') return { type: 'suite', suite: text }
  const at = text.indexOf(SEPARATOR)
  return at < 0
    ? undefined
    : { type: 'case', suite: text.slice(0, at), name: text.slice(at + SEPARATOR.length) }
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
