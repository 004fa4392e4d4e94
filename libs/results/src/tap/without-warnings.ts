/**
 * Runs what is synchronous without letting it warn the process: the YAML library does so of odd blocks, which no
 * option of the TAP parser prevents, and Node would print it between what we say of the file.
 */
export function withoutWarnings(action: () => void): void {
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  process.emitWarning = () => undefined
  try {
    action()
  } finally {
    if (before) Object.defineProperty(process, 'emitWarning', before)
  }
}
