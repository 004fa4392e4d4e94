// Joins what tsc has built of a package to few files: Node takes about half a millisecond for each module it loads.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { build } from 'esbuild'

/**
 * Entries keep their paths, what several need moves into chunks beside them; what is imported lazily stays lazy. Other
 * packages, Muster's too, stay imports. Names and lines stay, so that a stack trace can be read; source maps are
 * written without the sources.
 * @param modules all of the package's, relative to `dist`; `entries` are some of them
 * @param out becomes the bundled `dist`
 */
export async function bundlePackage({ dir, modules, entries, out }) {
  const dist = join(dir, 'dist')
  const { outputFiles } = await build({
    absWorkingDir: dir,
    entryPoints: entries.map((entry) => ({ in: join(dist, entry), out: entry.replace(/\.js$/, '') })),
    // Where it isn't written to, but where the source maps' paths are to be right: `../src/…`.
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // In `dist` itself: who lists it, to know whether code has changed, then sees the hashes.
    chunkNames: '[name]-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    write: false,
    plugins: [markModuleUrls(dist, modules)],
  })
  for (const { path, text } of outputFiles) {
    const file = relative(dist, path)
    const target = join(out, file)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, file.endsWith('.js') ? placeModuleUrls(text, file, modules) : text)
  }
}

/** As long as `import.meta.url`, which they stand for: so the columns of the source map stay right. */
const MARK = /\$moduleUrl_(\d{4})/g
const markOf = (index) => `$moduleUrl_${String(index).padStart(4, '0')}`

/** A module that moves into a chunk must still find what is beside its original place. */
function markModuleUrls(dist, modules) {
  return {
    name: 'module-urls',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        const index = modules.indexOf(relative(dist, path))
        // Not what is quoted: that is text for others.
        const contents = readFileSync(path, 'utf8').replace(/(?<!['"`])\bimport\.meta\.url\b/g, () =>
          markOf(index),
        )
        return { contents, loader: 'js' }
      })
    },
  }
}

/** Defines each mark that a file of the bundle has, on its first line: the lines stay as the source map has them. */
function placeModuleUrls(text, file, modules) {
  const used = new Set([...text.matchAll(MARK)].map(([, index]) => Number(index)))
  const definitions = [...used].map((index) => {
    const place = posix.relative(posix.dirname(file), modules[index])
    const url = modules[index] === file ? 'import.meta.url' : `new URL('./${place}', import.meta.url).href`
    return `const ${markOf(index)} = ${url}; `
  })
  return definitions.join('') + text
}
