/**
 * Makes what is derived from the tables: `schemas/` for editors (committed) and the validation functions (not committed).
 * `--check` writes nothing and exits with 1 when a file under `schemas/` is stale.
 */
import { checkKinds } from '../src/builtins.js'
import { inventorySchema } from '../src/inventory/own/schema.js'
import type { JsonSchema } from '../src/model/check.js'
import { reportSchema } from '../src/reporters/json/schema.js'
import { checkSchema, documentSchema, runbookSchema } from '../src/runbook/editor-schema.js'
import { envelopeSchema } from '../src/runbook/envelope.js'
import { type Files, staleFiles, writeChanged } from './generate/files.js'
import { validatorsModule, validatorsTypes } from './generate/validators.js'

const json = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`

const schemas: Files = new Map([
  ['schemas/runbook.schema.json', json(runbookSchema(checkKinds))],
  ['schemas/inventory.schema.json', json(documentSchema('netproof inventory', inventorySchema))],
  ['schemas/report.schema.json', json(reportSchema)],
  ...checkKinds.map((kind) => [`schemas/checks/${kind.kind}.schema.json`, json(checkSchema(kind))] as const),
])

if (process.argv.includes('--check')) {
  const stale = await staleFiles(schemas)
  for (const path of stale) console.error(`${path} is stale: run "npm run generate" and commit it`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  const rooms = Object.fromEntries(checkKinds.map(({ kind, schema }) => [kind, schema]))
  const validators = validatorsModule({ runbook: envelopeSchema, inventory: inventorySchema }, rooms)
  const generated = new Map([
    ['src/generated/validators.js', validators],
    ['src/generated/validators.d.ts', validatorsTypes],
  ])
  for (const path of await writeChanged(new Map([...schemas, ...generated]))) console.log(`wrote ${path}`)
}
