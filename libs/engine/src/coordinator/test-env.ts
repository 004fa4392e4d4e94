/** The tests' environment is ours without what we and Nx use to talk to each other. */
export function testEnv(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith('MUSTER_') && name !== 'NX_TASK_HASH') env[name] = value
  }
  return env
}
