import { SaxesParser } from 'saxes'

/**
 * Real reporters write these (terminal colours as character references, an unescaped '<' in a name); what
 * is around them can be trusted all the same.
 */
const HARMLESS = new Set([
  'disallowed character.',
  'malformed character entity.',
  'undefined entity.',
  'disallowed character in entity name.',
  'empty entity name.',
  'the string "]]>" is disallowed in char data.',
  'malformed comment.',
])

export interface XmlFault {
  readonly message: string
  readonly harmless: boolean
}

/** The parser goes on after errors; it tells them without building an Error for each, which would be slow. */
export class LenientParser extends SaxesParser {
  onFault: (fault: XmlFault) => void = () => {}

  override fail(message: string): this {
    this.onFault({ message: message.replace(/\.$/, ''), harmless: HARMLESS.has(message) })
    return this
  }
}
