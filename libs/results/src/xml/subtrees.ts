import { MAX_ERROR_TEXT, MAX_TREE_NODES } from '../limits.ts'
import type { Place } from '../warning-list.ts'
import type { Attributes, XmlHandler } from './read-xml.ts'

export interface XmlNode {
  readonly name: string
  readonly attributes: Attributes
  readonly children: XmlNode[]
  /** Its own character data, cut. */
  text: string
  /** How many subtrees were inside of this one; they are no children of it. */
  inner: number
}

/** An element around a subtree. */
export interface XmlAncestor {
  readonly name: string
  readonly attributes: Attributes
}

/** @param place where its end tag is */
export type OnSubtree = (node: XmlNode, ancestors: readonly XmlAncestor[], place: Place) => void

/**
 * Gives the elements of some names as small trees, each when it closes, so that a dialect is a function of
 * a node and a document of any size is read with bounded memory: a tree holds MAX_TREE_NODES elements, and
 * what is beyond is left out. Such an element inside another is told by itself, before the outer one.
 */
export class Subtrees implements XmlHandler {
  readonly #names: ReadonlySet<string>
  readonly #onSubtree: OnSubtree
  readonly #place: () => Place
  readonly #ancestors: XmlAncestor[] = []
  /** From the outermost open tree inwards. */
  readonly #open: { readonly node: XmlNode; readonly root: boolean }[] = []
  #nodes = 0

  constructor(names: readonly string[], place: () => Place, onSubtree: OnSubtree) {
    this.#names = new Set(names)
    this.#place = place
    this.#onSubtree = onSubtree
  }

  open(name: string, attributes: Attributes): void {
    const root = this.#names.has(name)
    if (!root && this.#open.length === 0) {
      this.#ancestors.push({ name, attributes })
      return
    }
    const node: XmlNode = { name, attributes, children: [], text: '', inner: 0 }
    const parent = this.#open.at(-1)?.node
    if (this.#open.length === 0) this.#nodes = 0
    if (!root && this.#nodes++ < MAX_TREE_NODES) parent?.children.push(node)
    this.#open.push({ node, root })
  }

  text(piece: string): void {
    const node = this.#open.at(-1)?.node
    if (node && node.text.length <= MAX_ERROR_TEXT) node.text += piece
  }

  close(): void {
    const closed = this.#open.pop()
    if (!closed) {
      this.#ancestors.pop()
      return
    }
    if (!closed.root) return
    const around = this.#open.findLast(({ root }) => root)
    if (around) around.node.inner++
    this.#onSubtree(closed.node, this.#ancestors, this.#place())
  }
}

/** The first child of that name. */
export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name)

/** The trimmed text of the first child of that name, or undefined when there is none or it is blank. */
export const childText = (node: XmlNode | undefined, name: string): string | undefined =>
  childOf(node, name)?.text.trim() || undefined
