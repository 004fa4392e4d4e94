import type { SuiteKind } from '@muster/model'
import { medianOf } from './weighted-quantile.ts'

/** A suite whose time is known, to guess the time of others by. */
export interface Peer {
  readonly kind: SuiteKind
  /** On this machine, under the planned load. */
  readonly ms: number
  /** Number of its test files. */
  readonly files?: number
}

export interface ColdStart {
  readonly ms: number
  /** `kind`: from suites of the same kind; `default`: from all suites, or from the table below. */
  readonly basis: 'kind' | 'default'
}

const SECOND = 1000

/**
 * When nothing at all is known. Rather too long than too short: a suite that is thought long starts early, and turns
 * out short at little cost; the other way round it is what everybody waits for at the end.
 */
const DEFAULT_MS: Readonly<Record<SuiteKind, number>> = {
  unit: 3 * SECOND,
  smoke: 5 * SECOND,
  regression: 10 * SECOND,
  property: 10 * SECOND,
  integration: 20 * SECOND,
  concurrency: 20 * SECOND,
  compatibility: 30 * SECOND,
  corruption: 20 * SECOND,
  partition: 30 * SECOND,
  recovery: 30 * SECOND,
  security: 30 * SECOND,
  streaming: 30 * SECOND,
  hardware: 60 * SECOND,
  e2e: 60 * SECOND,
  'memory-leak': 60 * SECOND,
  performance: 60 * SECOND,
  fuzzing: 60 * SECOND,
  chaos: 60 * SECOND,
  load: 60 * SECOND,
}

/** Test files that the defaults stand for. */
const DEFAULT_FILES = 5

/**
 * The guess for a suite that never ran: the median of its kind, else of all suites, else a default. Twice the files are
 * taken for √2 times the time: half way between time that grows with the files and time that is all start-up.
 */
export function coldStart(kind: SuiteKind, files: number | undefined, peers: readonly Peer[]): ColdStart {
  const kin = peers.filter((peer) => peer.kind === kind)
  if (kin.length > 0) return { ms: typical(kin, files), basis: 'kind' }
  if (peers.length > 0) return { ms: typical(peers, files), basis: 'default' }
  return { ms: DEFAULT_MS[kind] * bySize(files, DEFAULT_FILES), basis: 'default' }
}

function typical(peers: readonly Peer[], files: number | undefined): number {
  return medianOf(peers.map((peer) => peer.ms * bySize(files, peer.files)))
}

const bySize = (files: number | undefined, ofPeer: number | undefined): number =>
  files === undefined || ofPeer === undefined || files < 1 || ofPeer < 1 ? 1 : Math.sqrt(files / ofPeer)
