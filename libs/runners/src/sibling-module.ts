import { fileURLToPath } from 'node:url'

/** Absolute path of a module beside the caller: `.ts` when running from source, `.js` when built. */
export const siblingModule = (from: string, name: string): string =>
  fileURLToPath(new URL(`./${name}${/\.ts(\?|$)/.test(from) ? '.ts' : '.js'}`, from))

/** The same, but always the built one: for modules that another tool loads, in its own way. */
export const builtModule = (from: string, name: string): string =>
  fileURLToPath(new URL(`./${name}.js`, from.replace(/\/src\/(?=[^/]+\/[^/]+\.ts$)/, '/dist/')))
