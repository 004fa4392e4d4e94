const SPECIAL = /[\\^$.*+?()[\]{}|]/g

/** Whether the text means more than itself as a glob. */
export const isGlob = (text: string): boolean => /[*?{]/.test(text)

/**
 * A glob for names and '/'-separated paths: `*` and `?` stay inside a segment, `**` crosses segments,
 * `{a,b}` is a choice (not nested). Everything else is literal.
 */
export function globToRegExp(glob: string): RegExp {
  const pattern = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 1 && part.startsWith('{')) {
      const choices = part.slice(1, -1).split(',')
      return `(?:${choices.map((choice) => globToRegExp(choice).source.slice(1, -1)).join('|')})`
    }
    return part.replace(SPECIAL, String.raw`\$&`)
  })
  return new RegExp(`^${pattern}$`)
}
