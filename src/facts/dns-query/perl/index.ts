import { ednsOctets } from '../../../lib/dns/encode.js'
import { perlErrorQueue, perlGround, perlSource } from '../../../lib/probe/perl.js'
import { pace } from '../timing.js'
import { perlAsking } from './asking.js'
import { perlExchange } from './exchange.js'
import { perlServer } from './server.js'

/** Sockets at once: of 256 open files, the least that is usual (macOS), some are left for others. */
const mostSockets = Math.min(pace.sockets, 192)

const constants = `
my $EDNS_OCTETS = ${ednsOctets};
my ($WINDOW, $MOST_WINDOW, $LEAST_WINDOW) = (${pace.window}, ${pace.mostWindow}, ${pace.leastWindow});
my ($BURST, $PATIENCE, $MOST_SOCKETS) = (${pace.burst}, ${pace.patience}, ${mostSockets});
my $MOST_OCTETS = ${pace.octets};
`

/** As the Python probe, for hosts that have only Perl (5.14 or later), such as a minimal Debian. The same comes in and goes out. */
export const perlProbe: string = [perlGround, constants, perlErrorQueue, perlSource, perlServer, perlExchange, perlAsking].join('\n')
