interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string }
  readonly region?: { readonly startLine: number }
}

/** @param stack a line of the file in it becomes the region */
export function sarifLocation(file: string, stack = ''): PhysicalLocation {
  const line = lineIn(stack, file)
  return {
    artifactLocation: { uri: uriOf(file) },
    ...(line !== undefined && { region: { startLine: line } }),
  }
}

/** Relative to the workspace, as code scanning wants it; what lies outside is a file URI. */
function uriOf(file: string): string {
  const encoded = file
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
  if (file.startsWith('/')) return `file://${encoded}`
  return /^[A-Za-z]:\//.test(file) ? `file:///${encoded.replace('%3A', ':')}` : encoded
}

function lineIn(stack: string, file: string): number | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1)
  for (let at = stack.indexOf(`${name}:`); at !== -1; at = stack.indexOf(`${name}:`, at + 1)) {
    const digits = /^\d{1,7}/.exec(stack.slice(at + name.length + 1))?.[0]
    if (digits !== undefined && Number(digits) > 0) return Number(digits)
  }
  return undefined
}
