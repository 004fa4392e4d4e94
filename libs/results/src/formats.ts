import type { ResultFormat } from '@muster/model'
import type { FormatReader } from './format-reader.ts'
import { isJsonWith, xmlRoot } from './head-hints.ts'

interface FormatEntry {
  /** For people. */
  readonly title: string
  /** Whether a file that begins like this is one; `head` has no byte order mark and no leading blanks. */
  readonly detect: (head: string) => boolean
  /** Its reader counts groups itself: `ReaderEnd.suites`. */
  readonly countsSuites?: true
  /** Loaded when needed: the parsers cost some 100 ms to import, and whoever only writes needs none of them. */
  readonly reader: () => Promise<FormatReader>
}

/** Every format that is read. */
export const FORMATS: Readonly<Record<ResultFormat, FormatEntry>> = {
  junit: {
    title: 'JUnit XML (any dialect)',
    detect: (head) => /^(?:testsuites?|testcase)$/.test(xmlRoot(head)),
    countsSuites: true,
    reader: async () => (await import('./junit/read-junit.ts')).readJUnit,
  },
  trx: {
    title: 'TRX (MSTest, VSTest)',
    detect: (head) => xmlRoot(head) === 'TestRun',
    reader: async () => (await import('./trx/read-trx.ts')).readTrx,
  },
  nunit: {
    title: 'NUnit 2 and 3 XML',
    detect: (head) => /^test-(?:run|results)$/.test(xmlRoot(head)),
    reader: async () => (await import('./nunit/read-nunit.ts')).readNUnit,
  },
  xunit: {
    title: 'xUnit.net 2 XML',
    detect: (head) => /^assembl(?:y|ies)$/.test(xmlRoot(head)),
    reader: async () => (await import('./xunit/read-xunit.ts')).readXUnit,
  },
  ctrf: {
    title: 'CTRF',
    detect: (head) =>
      isJsonWith(head, /"reportFormat"\s*:\s*"CTRF"|"results"\s*:\s*\{\s*"(?:tool|summary|tests)"/),
    reader: async () => (await import('./ctrf/read-ctrf.ts')).readCtrf,
  },
  'go-json': {
    title: 'go test -json',
    // What the build says may stand before the first event.
    detect: (head) =>
      /^\{"(?:Time|Action|ImportPath|Package)":[^\n]*?"Action":"|^\{"Action":"/m.test(head) &&
      /"(?:Package|ImportPath)":/.test(head),
    reader: async () => (await import('./go-json/read-go-json.ts')).readGoJson,
  },
  'dart-json': {
    title: 'Dart and Flutter JSON events',
    detect: (head) =>
      /^\{[^\n]*"type":"(?:start|suite|testStart|group|allSuites)"/m.test(head) && /"time":\d/.test(head),
    reader: async () => (await import('./dart-json/read-dart-json.ts')).readDartJson,
  },
  'jest-json': {
    title: 'Jest and Vitest JSON',
    detect: (head) => isJsonWith(head, /"num(?:Total|Failed|Passed)TestSuites"\s*:|"assertionResults"\s*:/),
    reader: async () => (await import('./jest-json/read-jest-json.ts')).readJestJson,
  },
  'mocha-json': {
    title: 'Mocha JSON',
    detect: (head) => isJsonWith(head, /"stats"\s*:\s*\{\s*"suites"\s*:|"fullTitle"\s*:/),
    reader: async () => (await import('./mocha-json/read-mocha-json.ts')).readMochaJson,
  },
  'pytest-json': {
    title: 'pytest-json-report',
    detect: (head) => isJsonWith(head, /"exitcode"\s*:|"nodeid"\s*:/),
    reader: async () => (await import('./pytest-json/read-pytest-json.ts')).readPytestJson,
  },
  tap: {
    title: 'TAP 13 and 14',
    // Its lines may come after other output.
    detect: (head) => /^(?:TAP version 1[34]|1\.\.\d+|(?:not )?ok(?: \d+)?(?: |$))/m.test(head),
    reader: async () => (await import('./tap/read-tap.ts')).readTap,
  },
}
