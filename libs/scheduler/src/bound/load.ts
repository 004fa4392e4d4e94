/** Work that one resource has to do for one unit. */
export interface Load {
  /** No schedule starts it earlier. */
  readonly headMs: number
  readonly ms: number
  /** No schedule ends earlier than this after its end. */
  readonly tailMs: number
  /** Its time weighed by what it takes: milliseconds of the whole resource. */
  readonly workMs: number
}
