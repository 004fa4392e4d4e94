import type { BranchPlace, FunctionPlace, Range, Structure } from '../structure.ts'
import type { IgnoreHints } from './ignore-hints.ts'
import type { LineIndex } from './line-index.ts'
import type { Probe, ProbedSource } from './probed-source.ts'

/** A node of an ESTree; what it has beyond these depends on its type. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Counted once as a whole; a declarator's initial value, a property's value and an arrow's expression are, too. */
const STATEMENTS: ReadonlySet<string> = new Set([
  'ExpressionStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement',
  'ReturnStatement',
  'ThrowStatement',
  'TryStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'WithStatement',
  'LabeledStatement',
])

/** Walks a syntax tree and notes what Istanbul would count in it. */
export class SourceVisitor {
  readonly #lines: LineIndex
  readonly #hints: IgnoreHints
  readonly #statements: { readonly at: Range; readonly probe: number }[] = []
  readonly #functions: { readonly at: FunctionPlace; readonly probe: number }[] = []
  readonly #branches: { readonly at: BranchPlace; readonly probes: readonly Probe[] }[] = []

  constructor(lines: LineIndex, hints: IgnoreHints) {
    this.#lines = lines
    this.#hints = hints
  }

  result(): ProbedSource {
    const statements = this.#statements.toSorted((a, b) => byRange(a.at, b.at))
    const functions = this.#functions.toSorted((a, b) => byRange(a.at.body, b.at.body))
    const branches = this.#branches.toSorted((a, b) => byRange(a.at.at, b.at.at))
    const structure: Structure = {
      statements: statements.map(({ at }) => at),
      functions: functions.map(({ at }) => at),
      branches: branches.map(({ at }) => at),
    }
    return {
      structure,
      statements: statements.map(({ probe }) => probe),
      functions: functions.map(({ probe }) => probe),
      branches: branches.map(({ probes }) => probes),
    }
  }

  visit(node: Node, parent?: Node): void {
    if (parent && this.#isIgnored(node)) return
    if (STATEMENTS.has(node.type) && typeof node['directive'] !== 'string') this.#statement(node)
    switch (node.type) {
      case 'VariableDeclarator':
        this.#statement(child(node, 'init'))
        break
      case 'PropertyDefinition':
        this.#statement(child(node, 'value'))
        break
      case 'MethodDefinition':
      case 'Property':
        if (isMethod(node)) this.#function(child(node, 'value')!, node)
        break
      case 'ArrowFunctionExpression':
        this.#function(node, node, parent)
        if (child(node, 'body')?.type !== 'BlockStatement') this.#statement(child(node, 'body'))
        break
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        if (!parent || !isMethod(parent) || parent['value'] !== node) this.#function(node, node, parent)
        break
      default:
        this.#branch(node, parent)
    }
    for (const each of children(node)) this.visit(each, node)
  }

  #isIgnored({ start, end }: Node): boolean {
    return (
      this.#hints.next.has(start) ||
      this.#hints.ranges.some((range) => range.start <= start && end <= range.end)
    )
  }

  #statement(node: Node | undefined): void {
    if (!node || this.#isIgnored(node)) return
    this.#statements.push({ at: this.#range(node), probe: node.start })
  }

  /** @param whole the method that the function is the value of, or the function itself */
  #function(node: Node, whole: Node, parent?: Node): void {
    const body = child(node, 'body')
    if (!body || body.start === body.end) return
    const id = child(node, 'id')
    const declaration = id ?? { start: whole.start, end: whole.start + 1 }
    const at = {
      name: nameOf(whole, parent) ?? `(anonymous_${this.#functions.length})`,
      declaration: this.#range(declaration),
      body: this.#range(body),
    }
    this.#functions.push({ at, probe: body.start })
  }

  #branch(node: Node, parent: Node | undefined): void {
    switch (node.type) {
      case 'IfStatement':
        return this.#if(node)
      case 'ConditionalExpression':
        return this.#ways('cond-expr', node, [child(node, 'consequent')!, child(node, 'alternate')!])
      case 'SwitchStatement':
        return this.#ways('switch', node, node['cases'] as readonly Node[])
      case 'AssignmentPattern':
        return this.#ways('default-arg', node, [child(node, 'right')!])
      case 'LogicalExpression':
        if (parent?.type !== 'LogicalExpression') this.#ways('binary-expr', node, leaves(node))
    }
  }

  #ways(type: string, node: Node, all: readonly Node[]): void {
    const counted = all.filter((way) => !this.#isIgnored(way))
    if (counted.length === 0) return
    this.#branches.push({
      at: { type, at: this.#range(node), ways: counted.map((way) => this.#range(way)) },
      probes: counted.map((way) => probeOfWay(way)),
    })
  }

  #if(node: Node): void {
    const consequent = child(node, 'consequent')!
    const alternate = child(node, 'alternate')
    const hint = this.#hints.ways.get(node.start)
    const at = this.#range(node)
    const ways: { at: Range; probe: Probe }[] = []
    if (hint !== 'if') ways.push({ at, probe: consequent.start })
    if (hint !== 'else') {
      ways.push(
        alternate
          ? { at: this.#range(alternate), probe: alternate.start }
          : { at, probe: { of: node.start, less: consequent.start } },
      )
    }
    this.#branches.push({
      at: { type: 'if', at, ways: ways.map((way) => way.at) },
      probes: ways.map(({ probe }) => probe),
    })
  }

  #range({ start, end }: Pick<Node, 'start' | 'end'>): Range {
    return this.#lines.range(start, end)
  }
}

/** A case is counted in its body where it has one: V8 counts what runs, not which label was jumped to. */
const probeOfWay = (way: Node): number =>
  way.type === 'SwitchCase' ? ((way['consequent'] as readonly Node[])[0]?.start ?? way.start) : way.start

const isMethod = (node: Node): boolean =>
  node.type === 'MethodDefinition' ||
  (node.type === 'Property' &&
    (node['method'] === true || node['kind'] === 'get' || node['kind'] === 'set') &&
    child(node, 'value')?.type === 'FunctionExpression')

function leaves(node: Node): Node[] {
  if (node.type !== 'LogicalExpression') return [node]
  return [...leaves(child(node, 'left')!), ...leaves(child(node, 'right')!)]
}

/** What JavaScript itself would call it. */
function nameOf(whole: Node, parent: Node | undefined): string | undefined {
  const holder =
    parent?.type === 'VariableDeclarator' || parent?.type === 'PropertyDefinition' ? parent : undefined
  for (const each of [
    child(whole, 'id'),
    child(whole, 'key'),
    holder && child(holder, 'id'),
    holder && child(holder, 'key'),
  ]) {
    const name = each?.['name'] ?? each?.['value']
    if (typeof name === 'string' || typeof name === 'number') return String(name)
  }
  return undefined
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string'

function child(node: Node, key: string): Node | undefined {
  const value = node[key]
  return isNode(value) ? value : undefined
}

function* children(node: Node): Iterable<Node> {
  for (const value of Object.values(node)) {
    if (isNode(value)) yield value
    else if (Array.isArray(value)) yield* value.filter(isNode)
  }
}

const byRange = (a: Range, b: Range): number => a[0] - b[0] || a[1] - b[1] || b[2] - a[2] || b[3] - a[3]
