import { checkKinds, factKinds } from '../builtins.js'

/** The tables by name. */
export const checkTable = new Map(checkKinds.map((kind) => [kind.kind, kind]))
export const factTable = new Map(factKinds.map((kind) => [kind.name, kind]))
