/* What `muster baseline` needs; an entry of its own, since statistics and schemas take time to import. */
export { baselinePath, readBaselines, writeBaselines } from './measure/baseline-store.ts'
export {
  compareValues,
  corrected,
  nameOf,
  toRecord,
  UNITLESS,
  WHOLE_SUITE,
  type ComparedValue,
} from './measure/compare-values.ts'
export { loadWarning } from './measure/load-warning.ts'
export { noiseFloors } from './measure/noise-floors.ts'
