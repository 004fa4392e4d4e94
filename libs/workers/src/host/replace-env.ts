/**
 * Makes `process.env` exactly `env`. In the main thread this is the real environment, which
 * `os.homedir()`, the time zone and native code read.
 */
export function replaceEnv(env: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(env, name)) delete process.env[name]
  for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value
}
