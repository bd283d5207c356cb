import { printRows } from '../print.js'
import { pathsBench } from './suite.js'

process.exitCode = printRows(await pathsBench()) === 0 ? 0 : 1
