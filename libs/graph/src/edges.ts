import type { SuiteId } from '@muster/model'

/** Edges by suite; every suite of the graph is a key, and no edge leaves the graph. */
export type Edges = ReadonlyMap<SuiteId, readonly SuiteId[]>
