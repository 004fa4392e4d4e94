/* What `muster run` asks before, and tells after, it asks Nx. */
export { finishStillTrue } from './up-to-date/finish-still-true.ts'
export { isRepeatable, remember, stampBefore, stillTrue } from './up-to-date/look-back.ts'
