import { pathToFileURL } from 'node:url'
import type { MochaFiles } from './input.ts'

/** Mocha's lib as the text of one function expression `(exports, require, module) => …`. */
export async function bundleMocha(files: MochaFiles): Promise<string> {
  // Imported here: only the first run on a machine needs it.
  const { build } = await import('esbuild')
  const contents = [
    ['Mocha', files.main],
    ['esmUtils', files.esmUtils],
    ['pluginLoader', files.pluginLoader],
  ].map(([name, file]) => `exports.${name} = require(${JSON.stringify(file)});`)
  const built = await build({
    stdin: { contents: contents.join('\n'), resolveDir: files.dir },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Parallel mode is Muster's own business.
    external: ['workerpool'],
    logLevel: 'silent',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(files.main).href) },
  })
  return `(function (exports, require, module) {${built.outputFiles[0]?.text ?? ''}\n})`
}
