/** The separator that a header line uses more. */
export const separatorOf = (header: string): ';' | ',' =>
  header.split(';').length > header.split(',').length ? ';' : ','

/** The fields of one line; `undefined` when a quote isn't closed. Fields may be quoted, `""` being a quote inside. */
export function splitRow(line: string, separator: string): string[] | undefined {
  if (!line.includes('"')) return line.split(separator).map((field) => field.trim())
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (quoted && char === '"' && line[i + 1] === '"') {
      field += '"'
      i += 1
    } else if (char === '"') quoted = !quoted
    else if (char === separator && !quoted) {
      fields.push(field.trim())
      field = ''
    } else field += char
  }
  if (quoted) return undefined
  return [...fields, field.trim()]
}
