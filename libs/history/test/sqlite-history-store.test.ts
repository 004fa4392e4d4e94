import { openHistory } from '@muster/history'
import { historyStoreContract } from './contract.ts'
import { modelStore } from './support/model-store.ts'
import { scratch } from './support/scratch.ts'
import { valueOf } from './support/value-of.ts'

const folder = scratch()
after(() => folder.remove())

let files = 0
historyStoreContract('SQLite', async () =>
  valueOf(await openHistory({ file: folder.path(`history-${files++}.db`) })),
)

// The oracle of the property tests must itself be what the contract says.
historyStoreContract('the naive model', async () => modelStore())
