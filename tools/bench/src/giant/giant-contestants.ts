import type { Contestant } from '../contestant.ts'
import { MUSTER } from '../muster-contestants.ts'
import { PEERS } from '../peer-contestants.ts'
import { giantFiles } from './giant-files.ts'

/** Everything that a run leaves, but for the memory of it: what CI restores when it keeps Muster's history. */
const ALL_BUT_MEMORY = ['.nx', 'reports', '.muster/[!m]*']

/** The peers have the giant as one task, since nobody splits it for them. */
export function giantContestants(files: number): Contestant[] {
  const peers = PEERS.filter(({ remembers }) => remembers)
  const muster = MUSTER.find(({ name }) => name === 'muster run')!
  const all: Contestant[] = [
    ...peers,
    { ...muster, name: 'muster, no history', note: 'the giant is one unit: nothing is known of it' },
    {
      ...muster,
      name: 'muster, history',
      note: 'split by what its files took before',
      caches: ALL_BUT_MEMORY,
    },
  ]
  const withGiant = (each: Contestant): Contestant => ({
    ...each,
    files: (suites) => ({ ...each.files(suites), ...giantFiles(files) }),
  })
  return all.map(withGiant)
}
