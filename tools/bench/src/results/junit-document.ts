/** Generated JUnit XML of about so many bytes, in pieces: classes of 40 cases, one case in 50 with a failure. */
export function* junitDocument(bytes: number): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="generated">\n'
  let written = 0
  for (let suite = 0; written < bytes; suite++) {
    const text = junitSuite(suite)
    written += text.length
    yield text
  }
  yield '</testsuites>\n'
}

const CASES = 40

function junitSuite(suite: number): string {
  const lines = [`<testsuite name="com.example.shop.Suite${suite}" tests="${CASES}" time="0.4">`]
  for (let at = 0; at < CASES; at++) {
    const head = `<testcase classname="com.example.shop.Suite${suite}" name="does what case ${at} says &amp; more" time="0.01"`
    lines.push((suite * CASES + at) % 50 === 0 ? `${head}>${FAILURE}</testcase>` : `${head}/>`)
  }
  return `${lines.join('\n')}\n</testsuite>\n`
}

const FRAMES = Array.from(
  { length: 12 },
  (_, line) => `    at com.example.shop.Cart.total(Cart.java:${line})`,
)
const FAILURE = `<failure message="expected:&lt;1&gt; but was:&lt;2&gt;" type="AssertionError">${FRAMES.join('\n')}</failure>`
