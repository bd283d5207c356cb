/** Asks in lanes: side by side, and within a lane one after another. */
export const perlProber = `
my ($give_up_at, %live, %heard, $shared) = (0);
my ($readers, $writers) = ('', '');
# %heard: addresses that sent an ICMP error themselves. $shared: a device on the way sent one.

sub settle {
    my ($job, $outcome, %more) = @_;
    $job->{silent} = 0;
    say_answer($job->{index}, $job, $outcome, %more);
}

# Asks the [job, wait] of every lane in order, GAP apart; lanes side by side.
sub run {
    my @lanes = @_;
    my $begin = now();
    my @waiting = map { { due => $begin, asks => $_ } } @lanes;    # in the order of their times: each is put back a GAP later
    while (@waiting || %live) {
        my $time = now();
        if ($time > $give_up_at) {
            close_ask($_) for values %live;
            return;
        }
        for (1 .. $BURST) {
            last if !@waiting || $waiting[0]{due} > $time || keys %live >= $ROOM;
            my $lane = shift @waiting;
            ask(@{ shift @{ $lane->{asks} } });
            next unless @{ $lane->{asks} };
            $lane->{due} = now() + $GAP;
            push @waiting, $lane;
        }
        turn(@waiting && keys %live < $ROOM ? $waiting[0]{due} : undef);
    }
}

sub turn {
    my ($wake) = @_;
    my $moment = $wake;
    for my $ask (values %live) { $moment = $ask->{until} if !defined $moment || $ask->{until} < $moment }
    my $pause = defined $moment ? $moment - now() : 0;
    my $ready = select my $readable = $readers, my $writable = $writers, undef, $pause > 0 ? $pause : 0;
    my $at = now();
    if ($ready > 0) {
        for my $number (keys %live) {
            next unless vec($readable, $number, 1) || vec($writable, $number, 1);
            my $ask = $live{$number} or next;
            defined $ask->{took} ? look($ask) : event($ask, $at);
        }
    }
    my @elapsed = grep { $_->{until} <= $at } values %live or return;
    close_ask($_) for grep { !defined $_->{took} } @elapsed;
    my $others = keys %live < $ROOM && grep { !defined $_->{took} } values %live;
    for my $ask (grep { defined $_->{took} } @elapsed) {
        if ($others && $ask->{until} < $ask->{watch_until}) { $ask->{until} += $WATCH_LEAST }    # others keep us here anyway
        else                                               { finish($ask, 'open', ms => $ask->{took}) }
    }
}

sub ask {
    my ($job, $wait) = @_;
    $job->{asks}++;
    socket my $socket, $job->{family}, SOCK_STREAM, 0 or return settle($job, 'unasked', errno => name_of($! + 0), text => "$!");
    fcntl $socket, F_SETFL, O_NONBLOCK;
    my ($level, $option) = $job->{family} == AF_INET6 ? (41, $IPV6_RECVERR) : (0, $IP_RECVERR);
    setsockopt $socket, $level, $option, 1 if $LINUX;
    if ($job->{source} ne '-' && !bind_source($socket, $job->{family}, $job->{source})) {
        return settle($job, 'source', errno => name_of($! + 0), text => "$!");
    }
    my $began = now();
    my $number = connect($socket, $job->{packed}) ? 0 : $! + 0;
    if ($number == 0 || is_errno($number, 'EINPROGRESS')) {
        vec($writers, fileno $socket, 1) = 1;
        $live{ fileno $socket } = { job => $job, socket => $socket, began => $began, until => $began + $wait };
        return;
    }
    # No free local port, or no address of this family to send from.
    return settle($job, 'source', errno => name_of($number)) if is_errno($number, 'EAGAIN', 'EADDRNOTAVAIL');
    settle($job, 'error', errno => name_of($number), local => 1, ms => (now() - $began) * 1000);
}

sub event {
    my ($ask, $at) = @_;
    my $took = ($at - $ask->{began}) * 1000;
    my $number = unpack 'i', getsockopt $ask->{socket}, SOL_SOCKET, SO_ERROR;
    my $connected = !$number && getpeername $ask->{socket};
    my $icmp = $connected ? undef : icmp_error($ask->{socket});
    $number = $icmp->{errno} if $icmp && !$number;
    return opened($ask, $took) if $connected;
    return if !$number;
    return finish($ask, 'reset', ms => $took) if is_errno($number, 'ECONNRESET', 'EPIPE');
    return close_ask($ask) if is_errno($number, 'ETIMEDOUT');
    note($ask->{job}, $number, $icmp);
    finish($ask, 'error', errno => name_of($number), icmp => $icmp && $icmp->{json}, ms => $took);
}

# Remembers whose ICMP answers may be rate-limited. Our own are not.
sub note {
    my ($job, $number, $icmp) = @_;
    if (!$icmp) {
        return if $QUEUE;
        $shared = 1 unless is_errno($number, 'ECONNREFUSED');
        $heard{ $job->{address} } = 1;
    }
    elsif (!defined $icmp->{from}) { $shared = 1 }
    elsif ($icmp->{from} eq $job->{address}) { $heard{ $job->{address} } = 1 }
    elsif (!is_own($icmp->{from})) { $shared = 1 }
}

# The handshake is done; a service that aborts it does so within a round trip.
sub opened {
    my ($ask, $took) = @_;
    return met_itself($ask) if getsockname($ask->{socket}) eq $ask->{job}{packed};    # not getpeername, which a reset leaves without an answer
    my $watch = 2 * $took / 1000;
    $watch = $WATCH_LEAST if $watch < $WATCH_LEAST;
    $watch = $WATCH_MOST if $watch > $WATCH_MOST;
    $ask->{took} = $took;
    $ask->{until} = now() + $watch;
    $ask->{watch_until} = now() + $WATCH_MOST;
    vec($writers, fileno $ask->{socket}, 1) = 0;
    vec($readers, fileno $ask->{socket}, 1) = 1;
}

# The kernel chose the port that is asked about to send from, and the socket connected to itself (RFC 9293 section 3.5).
sub met_itself {
    my ($ask) = @_;
    my $job = $ask->{job};
    setsockopt $ask->{socket}, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0);    # no TIME_WAIT in a service's way
    close_ask($ask);
    return settle($job, 'source', errno => 'EADDRNOTAVAIL') if ++$job->{itself} > 5;
    $job->{asks}--;
    ask($job, $job->{wait});
}

# A greeting, or the end: either way the service lives.
sub look {
    my ($ask) = @_;
    my $read = sysread $ask->{socket}, my $ignored, 4096;
    return if !defined $read && is_errno($! + 0, 'EAGAIN', 'EINTR');
    finish($ask, defined $read ? 'open' : 'reset', ms => $ask->{took});
}

sub finish {
    my ($ask, $outcome, %more) = @_;
    my $source = local_address($ask->{socket});
    close_ask($ask);
    settle($ask->{job}, $outcome, %more, source => $source);
}

sub close_ask {
    my ($ask) = @_;
    my $number = fileno $ask->{socket};
    vec($readers, $number, 1) = vec($writers, $number, 1) = 0;
    delete $live{$number};
    close $ask->{socket};
}
`
