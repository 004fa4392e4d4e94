import { readFileSync, writeFileSync } from 'node:fs'
import { Session, type Debugger, type Profiler } from 'node:inspector'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { threadId } from 'node:worker_threads'

/** Ends it, once: writes what ran since the start. */
type StopCoverage = () => void

/**
 * Counts what runs in this thread from now on, and writes it in the form in which Node itself writes it for
 * `NODE_V8_COVERAGE`. Node's own way is open only to a process or thread that was started for it, and ours are kept
 * warm; what the tests start gets the variable.
 * @param dir absolute folder for the report, which is there
 */
export function startV8Coverage(root: string, dir: string): StopCoverage {
  const session = new Session()
  session.connect()
  post(session, 'Profiler.enable')
  post(session, 'Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  let ended = false
  const stop = (): void => {
    if (ended) return
    ended = true
    process.removeListener('exit', stop)
    const file = join(dir, `coverage-${process.pid}-${threadId}.json`)
    writeFileSync(file, JSON.stringify(takeReport(session, ownScripts(root))))
    session.disconnect()
  }
  // A test may end its process.
  process.once('exit', stop)
  return stop
}

/** Synchronous within the thread of the session. */
function post(session: Session, method: string, parameters: object = {}): unknown {
  let answer: unknown
  let failure: Error | null = null
  session.post(method, parameters, (error, result) => {
    failure = error
    answer = result
  })
  if (failure !== null) throw failure as Error
  return answer
}

const ownScripts = (root: string): ((url: string) => boolean) => {
  const prefix = `${pathToFileURL(root).href}/`
  return (url) => url.startsWith(prefix) && !url.includes('/node_modules/')
}

function takeReport(session: Session, isOwn: (url: string) => boolean): object {
  const taken = post(session, 'Profiler.takePreciseCoverage')
  const { result } = taken as Profiler.TakePreciseCoverageReturnType
  post(session, 'Profiler.stopPreciseCoverage')
  const own = result.filter(({ url }) => isOwn(url))
  const wanted = new Set(own.map(({ scriptId }) => scriptId))
  const maps: Record<string, object> = {}
  session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
    const { scriptId, url, sourceMapURL } = params
    if (!wanted.has(scriptId) || sourceMapURL === undefined || sourceMapURL === '') return
    const data = sourceMap(sourceMapURL, url)
    if (data === undefined) return
    const told = post(session, 'Debugger.getScriptSource', { scriptId })
    const { scriptSource } = told as Debugger.GetScriptSourceReturnType
    maps[url] = {
      lineLengths: scriptSource.split(/\n|\u2028|\u2029/).map(({ length }) => length),
      data,
      url: null,
    }
  })
  // Only now, since it makes code slower: it tells of all scripts that are there.
  post(session, 'Debugger.enable')
  post(session, 'Debugger.disable')
  return { result: own, timestamp: performance.now(), 'source-map-cache': maps }
}

/** Undefined when it can't be read: then the script stands for itself. */
function sourceMap(place: string, script: string): unknown {
  try {
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(place)
    if (!inline) return JSON.parse(readFileSync(new URL(place, script), 'utf8'))
    const [, base64, data = ''] = inline
    return JSON.parse(base64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data))
  } catch {
    return undefined
  }
}
