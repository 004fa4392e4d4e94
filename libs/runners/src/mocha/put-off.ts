import { createRequire, Module } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * Keeps modules from being loaded by others that import them and don't use them. Their importers get a stand-in;
 * whoever asks it for something after that gets it from the module itself.
 * @param files absolute, and of CommonJS
 * @returns to be called when the importers are loaded: from then on the modules are required as always
 */
export function putOff(files: readonly string[]): () => void {
  let over = false
  const standIns = files
    .filter((file) => require.cache[file] === undefined)
    .map((file) => {
      // While they are loaded importers look for names, which is no use yet.
      const get = (_: object, name: string | symbol): unknown =>
        over ? Reflect.get(require(file) as object, name) : undefined
      const standIn = Object.assign(new Module(file), { filename: file, exports: new Proxy({}, { get }) })
      standIn.loaded = true
      return { file, standIn }
    })
  for (const { file, standIn } of standIns) require.cache[file] = standIn
  return () => {
    over = true
    for (const { file, standIn } of standIns) if (require.cache[file] === standIn) delete require.cache[file]
  }
}
