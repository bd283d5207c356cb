/** What is being looked up on the way, for telling a circle from progress. */
export interface Trail {
  /** Name servers whose own addresses are looked up, each for the sake of the one before it. */
  readonly servers: readonly string[]
  /** Names whose aliases led here, from zone to zone. */
  readonly aliases: readonly string[]
}

export const noTrail: Trail = { servers: [], aliases: [] }
