/** What is used of jstat, which brings no types. */
declare module 'jstat' {
  interface JStat {
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number
      inv(p: number, mean: number, deviation: number): number
    }
    readonly studentt: {
      cdf(x: number, freedom: number): number
      inv(p: number, freedom: number): number
    }
    readonly binomial: { cdf(successes: number, trials: number, chance: number): number }
  }
  const jstat: JStat
  export default jstat
}
