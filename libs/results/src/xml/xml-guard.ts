import { MAX_NAME, MAX_TAG, MAX_XML_TEXT } from '../limits.ts'
import { countNewlines, isHighSurrogate } from '../text.ts'

export type GuardFault = 'doctype' | 'tag-too-long'

/**
 * text ──'<'──▶ tag ──'"'──▶ value ──'"'──▶ tag ──'>'──▶ text
 *   ├──'<![CDATA['──▶ cdata ──']]>'──▶ text
 *   ├──'<!--'──▶ comment ──'-->'──▶ text
 *   ├──'<?'──▶ instruction ──'?>'──▶ text
 *   └──'<!D'──▶ fault
 */
type State = 'text' | 'tag' | 'value' | 'cdata' | 'comment' | 'instruction'

/** `wait`: what is left of the chunk can only be told together with the next one. */
type Step = 'on' | 'wait' | GuardFault

type Opening = readonly [text: string, state: State | 'doctype']

const END: Readonly<Record<'cdata' | 'comment' | 'instruction', string>> = {
  cdata: ']]>',
  comment: '-->',
  instruction: '?>',
}
const OPENINGS: readonly Opening[] = [
  ['<![CDATA[', 'cdata'],
  ['<!--', 'comment'],
  ['<?', 'instruction'],
  ['<!D', 'doctype'],
  ['<!d', 'doctype'],
]
const TAG: Opening = ['<', 'tag']
const LONGEST_OPENING = '<![CDATA['.length
/** No entity that means anything is longer. */
const MAX_ENTITY = 12

/**
 * Stands before the XML parser, which gathers a piece of character data whole before it tells: passes the
 * document through with every piece cut to its limit, so that a log of gigabytes costs nothing, and stops
 * at a DOCTYPE before any of it is interpreted. An entity or a surrogate pair is never cut in two.
 */
export class XmlGuard {
  /** Line breaks left out so far; the parser's line is short by this. */
  droppedLines = 0
  readonly #write: (piece: string) => void
  #state: State = 'text'
  #quote = ''
  /** Length of the current piece that was passed on. */
  #kept = 0
  /** Of the current tag, attribute values included. */
  #tagLength = 0
  #chunk = ''
  #last = false
  #at = 0
  /** What is passed on in one go begins here; a run is broken only where something is dropped. */
  #runStart = 0

  constructor(write: (piece: string) => void) {
    this.#write = write
  }

  /** @param last nothing follows, so nothing needs to be held back */
  feed(input: string, last = false): GuardFault | undefined {
    this.#chunk = this.#chunk.slice(this.#at) + input
    this.#last = last
    this.#at = 0
    this.#runStart = 0
    let step: Step = 'on'
    while (step === 'on' && this.#at < this.#chunk.length) {
      if (this.#state === 'text') step = this.#text()
      else if (this.#state === 'tag') step = this.#tag()
      else if (this.#state === 'value') step = this.#value()
      else step = this.#section(END[this.#state])
    }
    this.#pass(this.#at)
    return step === 'on' || step === 'wait' ? undefined : step
  }

  #text(): Step {
    const open = this.#chunk.indexOf('<', this.#at)
    this.#keep(open === -1 ? this.#beforeOpenEntity() : open, MAX_XML_TEXT)
    if (open === -1) return 'wait'
    const undecided = this.#chunk.length - open < LONGEST_OPENING && !this.#chunk.includes('>', open)
    if (undecided && !this.#last) return 'wait'
    const [opening, state] = opened(this.#chunk, open)
    if (state === 'doctype') return state
    this.#state = state
    this.#at += opening.length
    this.#kept = 0
    this.#tagLength = 0
    return 'on'
  }

  #tag(): Step {
    STOPS.lastIndex = this.#at
    const end = STOPS.exec(this.#chunk)?.index ?? -1
    const to = end === -1 ? this.#chunk.length : end + 1
    this.#tagLength += to - this.#at
    if (this.#tagLength > MAX_TAG) return 'tag-too-long'
    this.#at = to
    if (end === -1) return 'on'
    this.#kept = 0
    const stop = this.#chunk.charAt(end)
    this.#state = stop === '>' ? 'text' : 'value'
    this.#quote = stop
    return 'on'
  }

  #value(): Step {
    const end = this.#chunk.indexOf(this.#quote, this.#at)
    const before = this.#kept
    this.#keep(end === -1 ? this.#beforeOpenEntity() : end, MAX_NAME)
    this.#tagLength += this.#kept - before
    if (this.#tagLength > MAX_TAG) return 'tag-too-long'
    if (end === -1) return 'wait'
    this.#at++
    this.#state = 'tag'
    return 'on'
  }

  #section(marker: string): Step {
    const { length } = this.#chunk
    const end = this.#chunk.indexOf(marker, this.#at)
    // A marker may be cut in two by the end of the chunk.
    const safe = this.#last ? length : Math.max(this.#at, length - marker.length + 1)
    this.#keep(end === -1 ? safe : end, MAX_XML_TEXT)
    if (end === -1) return 'wait'
    this.#at += marker.length
    this.#state = 'text'
    this.#kept = 0
    return 'on'
  }

  /** Moves on to `to`, and drops what is beyond the limit of the current piece. */
  #keep(to: number, limit: number): void {
    const room = Math.max(0, limit - this.#kept)
    const fits = to - this.#at <= room
    const end = fits ? to : Math.min(to, safeCut(this.#chunk, this.#at, this.#at + room))
    this.#kept += end - this.#at
    if (end < to) {
      this.#pass(end)
      this.droppedLines += countNewlines(this.#chunk, end, to)
      this.#runStart = to
    }
    this.#at = to
  }

  #pass(to: number): void {
    if (to > this.#runStart) this.#write(this.#chunk.slice(this.#runStart, to))
    this.#runStart = to
  }

  /** Where to end a chunk so that no entity is split: before an open '&' near its end. */
  #beforeOpenEntity(): number {
    const { length } = this.#chunk
    const ampersand = this.#chunk.lastIndexOf('&')
    const near = ampersand >= this.#at && length - ampersand < MAX_ENTITY
    return !this.#last && near && !this.#chunk.includes(';', ampersand) ? ampersand : length
  }
}

const STOPS = /["'>]/g

function opened(chunk: string, at: number): Opening {
  const next = chunk.charAt(at + 1)
  if (next !== '!' && next !== '?') return TAG
  return OPENINGS.find(([text]) => chunk.startsWith(text, at)) ?? TAG
}

/** The first place at or after `to` that is outside of an entity and of a surrogate pair. */
function safeCut(chunk: string, from: number, to: number): number {
  if (to === from) return to
  const ampersand = chunk.lastIndexOf('&', to - 1)
  if (ampersand >= from && to - ampersand < MAX_ENTITY) {
    const semicolon = chunk.indexOf(';', ampersand)
    if (semicolon >= to && semicolon - ampersand < MAX_ENTITY) return semicolon + 1
  }
  return isHighSurrogate(chunk.charCodeAt(to - 1)) ? to + 1 : to
}
