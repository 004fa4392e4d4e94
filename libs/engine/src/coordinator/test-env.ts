/** The tests' environment: `from` without what we and Nx use to talk to each other. */
export function testEnv(from: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined && !name.startsWith('MUSTER_') && name !== 'NX_TASK_HASH') env[name] = value
  }
  return env
}
