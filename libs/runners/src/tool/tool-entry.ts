import { pathToFileURL } from 'node:url'
import type { RunUnit, UnitMessage } from '../runner.ts'
import { openFeed } from './feed.ts'
import type { CreateReader, OutputReader, ToolExit } from './output-reader.ts'
import { runTool } from './run-tool.ts'
import type { ToolInput } from './tool-input.ts'

/** Runs a tool as a process and tells what it tells. It has the last word: a unit that it doesn't end has no result. */
export const runUnit: RunUnit = async (input, emit) => {
  const tool = input as ToolInput
  let failed: number | undefined
  let faulty = false
  const listen = (message: UnitMessage): void => {
    if (message.type === 'end') failed = message.counts.failed
    if (message.type === 'error') faulty = true
    emit(message)
  }
  const feed = openFeed(listen, tool.reporter)
  let reader: OutputReader | undefined
  if (tool.reader) {
    const { createReader } = (await import(pathToFileURL(tool.reader.module).href)) as {
      createReader: CreateReader
    }
    reader = createReader(tool.reader.input, listen)
  }
  const exit = await runTool(tool, feed.file, reader)
  feed.close()
  if (exit instanceof Error) {
    return emit({
      type: 'error',
      message: `${tool.name} can't be started: ${exit.message}`,
      environment: true,
    })
  }
  reader?.end(exit)
  if (faulty) return
  if (failed === undefined)
    emit({ type: 'error', message: `${tool.name} ended without a result: it ${describe(exit)}` })
  else if (failed === 0 && exit.code !== 0)
    emit({ type: 'error', message: `no test failed, but ${tool.name} ${describe(exit)}` })
}

function describe({ code, signal }: ToolExit): string {
  return signal !== null ? `was killed by ${signal}` : `exited with code ${code}`
}
