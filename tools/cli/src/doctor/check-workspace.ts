import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cacheDir, historyFile, listRuns, readOpenMarker, isAlive } from '@muster/engine'
import { formatDiagnostic, loadSuites } from '@muster/graph'
import { expiredOf, loadQuarantine } from '@muster/graph/quarantine'
import { openHistory } from '@muster/history'
import { pluginOptionProblems, readNxJson } from '@muster/nx/why'
import { runnerFor } from '@muster/runners'
import { NO_WORKSPACE } from '../find-workspace.ts'
import { checkInference } from './check-inference.ts'
import type { Finding } from './finding.ts'

export async function checkWorkspace(root: string | undefined): Promise<Finding[]> {
  if (root === undefined) return [{ level: 'error', what: 'no Nx workspace here', fix: NO_WORKSPACE }]
  return [
    checkNx(root),
    ...checkPlugin(root),
    checkIgnored(root),
    ...(await checkSuites(root)),
    ...(await checkQuarantine(root)),
    await checkHistory(root),
    ...(await checkOpenRuns(root)),
  ]
}

async function checkQuarantine(root: string): Promise<Finding[]> {
  const quarantine = await loadQuarantine(root)
  const broken = quarantine.diagnostics.map((each): Finding => ({
    level: 'error',
    what: formatDiagnostic(each),
    fix: 'Mend muster-quarantine.json.',
  }))
  const expired = expiredOf(quarantine, Date.now()).map(({ suite, case: name, until, owner }): Finding => ({
    level: 'warning',
    what: `the quarantine of ${name === undefined ? suite : `${suite}: ${name}`} ended on ${until} (owner: ${owner})`,
    fix: `mend the test, then: npx muster quarantine remove ${suite}${name === undefined ? '' : ` '${name}'`}`,
  }))
  return [...broken, ...expired]
}

function checkNx(root: string): Finding {
  try {
    const load = createRequire(path.join(root, 'package.json'))
    const { version } = load('nx/package.json') as { version: string }
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const supported = (major === 22 && minor >= 7) || major === 23 || major === 24
    if (supported) return { level: 'ok', what: `nx ${version}` }
    return {
      level: 'error',
      what: `nx ${version}`,
      fix: 'Muster works with nx 22.7 to 24: npx nx migrate latest',
    }
  } catch {
    return { level: 'error', what: 'nx is not installed', fix: 'npm install -D nx' }
  }
}

function checkPlugin(root: string): Finding[] {
  try {
    const nxJson = readNxJson(root)
    const names = (nxJson.plugins ?? []).map((each) => (typeof each === 'string' ? each : each.plugin))
    if (!names.includes('@muster/nx')) {
      const what = '@muster/nx is not registered in nx.json'
      return [{ level: 'error', what, fix: 'npx nx g @muster/nx:init' }]
    }
    const wrong = pluginOptionProblems(nxJson)
    return [
      { level: 'ok', what: '@muster/nx is registered in nx.json' },
      ...wrong.map((what): Finding => ({ level: 'error', what, fix: 'Mend nx.json.' })),
    ]
  } catch (error) {
    const what = `nx.json can't be read (${(error as Error).message})`
    return [{ level: 'error', what, fix: 'Mend nx.json.' }]
  }
}

function checkIgnored(root: string): Finding {
  const file = path.join(root, '.gitignore')
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
    : []
  const covers = (name: string): boolean => lines.some((line) => line.replace(/^\/|\/\**$/g, '') === name)
  const missing = ['.muster', 'reports'].filter((name) => !covers(name))
  if (missing.length === 0) return { level: 'ok', what: '.muster and reports are ignored by git' }
  return {
    level: 'warning',
    what: `${missing.join(' and ')} not ignored by git`,
    fix: `Add to .gitignore: ${missing.join(', ')}`,
  }
}

async function checkSuites(root: string): Promise<Finding[]> {
  const { graph, diagnostics } = await loadSuites(root)
  const findings: Finding[] = diagnostics.map((each) => ({
    level: each.severity === 'error' ? 'error' : 'warning',
    what: formatDiagnostic(each),
  }))
  const inferred = checkInference(root)
  findings.push(...inferred)
  if (graph.suites.length === 0 && findings.length === 0) {
    return [{ level: 'warning', what: 'no suite.json in this workspace', fix: 'npx nx g @muster/nx:init' }]
  }
  if (graph.suites.length > 0 || inferred.length === 0) {
    findings.push({ level: 'ok', what: `${counted(graph.suites.length, 'suite')} can be run` })
  }
  const versions = new Map<string, number>()
  for (const suite of graph.suites) {
    const version = await runnerFor(suite.runner).version(suite, {
      root,
      cacheDir: cacheDir(root),
      env: process.env,
    })
    if (version.ok)
      versions.set(
        `${suite.runner.name} ${version.value}`,
        (versions.get(`${suite.runner.name} ${version.value}`) ?? 0) + 1,
      )
    else
      findings.push({
        level: 'error',
        what: `${suite.id}: ${version.error.message}`,
        ...('fix' in version.error && { fix: version.error.fix }),
      })
  }
  for (const [version, count] of versions)
    findings.push({
      level: 'ok',
      what: `${version.replace(/^command .*/, 'commands')}: ${counted(count, 'suite')}`,
    })
  return findings
}

async function checkHistory(root: string): Promise<Finding> {
  const file = historyFile(root)
  if (!existsSync(file)) return { level: 'ok', what: 'no history yet' }
  const opened = await openHistory({ file })
  if (!opened.ok)
    return {
      level: 'warning',
      what: opened.error.message,
      fix: opened.error.fix,
    }
  await opened.value.close()
  return { level: 'ok', what: 'the history is sound' }
}

async function checkOpenRuns(root: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const run of (await listRuns(root)).slice(-20)) {
    const open = await readOpenMarker(root, run)
    if (!open) continue
    if (isAlive(open.pid))
      findings.push({ level: 'ok', what: `run ${run} is going on (process ${open.pid})` })
    else findings.push({ level: 'ok', what: `run ${run} was cut off; what it finished answers the next run` })
  }
  return findings
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
