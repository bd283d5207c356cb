import { perlErrorQueue, perlGround, perlSource } from '../../../lib/probe/perl.js'
import { perlAsk } from './ask.js'
import { perlBase } from './base.js'
import { perlNames } from './names.js'
import { perlPhases } from './phases.js'
import { perlProber } from './prober.js'

/** The second rung: as the Python probe, for hosts that have only Perl (5.14 or later), such as a minimal Debian. */
export const perlProbe: string = [perlGround, perlErrorQueue, perlSource, perlBase, perlAsk, perlProber, perlNames, perlPhases].join('\n')
