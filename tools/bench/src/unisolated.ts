import type { Contestant } from './contestant.ts'
import { MUSTER } from './muster-contestants.ts'
import { PEERS } from './peer-contestants.ts'

/** With plugins in the nx process itself: what docs/configuration.md recommends for CI. By default each has a process that loads Nx again. */
function unisolated(name: string): Contestant {
  const contestant = [...PEERS, ...MUSTER].find((each) => each.name === name)!
  return {
    ...contestant,
    name: `${name}, unisolated`,
    note: 'the same with NX_ISOLATE_PLUGINS=false',
    files: (suites) => ({ ...contestant.files(suites), '.env': 'NX_ISOLATE_PLUGINS=false\n' }),
  }
}

export const UNISOLATED: readonly Contestant[] = ['nx run-commands', 'muster (nx)'].map(unisolated)
