import type { Declared } from '../declared.ts'
import type { Attributes } from '../xml/read-xml.ts'

/** The totals of the root element if it states them, else the sum over the outermost suites that do. */
export class DeclaredTotals {
  #root: Declared | undefined
  #suites: Declared | undefined
  #partial = false

  root(attributes: Attributes): void {
    this.#root = totals(attributes)
  }

  suite(attributes: Attributes): void {
    // Catch2, which is known by its literal "tbd", counts assertions and not tests.
    const own = attributes['hostname'] === 'tbd' ? undefined : totals(attributes)
    // A sum over some of the suites would be no statement about the file.
    if (!own) this.#partial = true
    else this.#suites = this.#suites ? sum(this.#suites, own) : own
  }

  value(): Declared | undefined {
    return this.#root ?? (this.#partial ? undefined : this.#suites)
  }
}

function totals(attributes: Attributes): Declared | undefined {
  const tests = count(attributes['tests'])
  if (tests === undefined) return undefined
  const failed = add(count(attributes['failures']), count(attributes['errors']))
  // `skips` is pytest's of old; GoogleTest and Catch2 count what is disabled apart.
  const skipped = add(count(attributes['skipped'] ?? attributes['skips']), count(attributes['disabled']))
  return { tests, ...(failed !== undefined && { failed }), ...(skipped !== undefined && { skipped }) }
}

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined

const add = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : a + (b ?? 0)

function sum(a: Declared, b: Declared): Declared {
  const tests = (a.tests ?? 0) + (b.tests ?? 0)
  const failed = both(a.failed, b.failed)
  const skipped = both(a.skipped, b.skipped)
  return { tests, ...(failed !== undefined && { failed }), ...(skipped !== undefined && { skipped }) }
}

const both = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b
