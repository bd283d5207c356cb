/** One thing that is not the same now and after the next boot. */
export interface Difference {
  /** `address 10.0.0.5/24`, `route 10.20.0.0/16`. */
  readonly what: string
  readonly atBoot: string
  readonly now: string
  readonly message: string
  /** true: it may be one, and what the host shows does not tell. */
  readonly unsure?: boolean
}
