import { fileURLToPath } from 'node:url'

/** Absolute path of a module beside the caller: `.ts` when running from source, `.js` when built. */
export const siblingModule = (from: string, name: string): string =>
  fileURLToPath(new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from))
