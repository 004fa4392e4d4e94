// Installs packed packages the way a stranger would, and loads each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must, readJson } from './workspace.mjs'

/** @returns what is wrong, one line each */
export function verifyPackages(tarballs, names) {
  const dir = mkdtempSync(join(tmpdir(), 'muster-packed-'))
  const settings = { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] }
  try {
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'stranger', private: true }))
    must(
      'npm',
      ['install', '--save-dev', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs],
      settings,
    )
    const { packages } = readJson(join(dir, 'package-lock.json'))
    for (const name of names)
      must(process.execPath, ['--input-type=module', '--eval', `await import('${name}')`], settings)
    // A package of ours that came from anywhere but its tarball was somebody else's, or a second copy.
    return Object.entries(packages)
      .filter(([path]) => names.some((name) => path.endsWith(`node_modules/${name}`)))
      .filter(([, { resolved = '' }]) => !resolved.startsWith('file:'))
      .map(([path, { resolved }]) => `${path} was installed from ${resolved}`)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
