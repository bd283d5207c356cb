/** All questions, side by side as their servers' windows and rates allow. */
export const perlAsking = String.raw`
my ($give_up_at, $written, @servers, %live) = (0, 0);
my ($readers, $writers) = ('', '');

sub run {
    while (%live or grep { @{ $_->{waiting} } } @servers) {
        return if now() > $give_up_at;
        my $wake = fill();
        next if !%live && !defined $wake;
        for my $exchange (values %live) { $wake = $exchange->{until} if !defined $wake || $exchange->{until} < $wake }
        my $pause = defined $wake ? $wake - now() : 0;
        my $ready = select my $readable = $readers, my $writable = $writers, undef, $pause > 0 ? $pause + 0.0005 : 0;
        if ($ready > 0) {
            for my $number (keys %live) {
                next unless vec($readable, $number, 1) || vec($writable, $number, 1);
                event($live{$number}) if $live{$number};
            }
        }
        expire();
    }
}

# Sends what may be sent; the moment at which more may be, if that is known.
sub fill {
    my $wake;
    for my $server (@servers) {
        while (@{ $server->{waiting} } && keys %live < $MOST_SOCKETS) {
            my $when = may_send($server, now());
            if (!defined $when || $when) {
                $wake = $when if !defined $wake || defined $when && $when < $wake;
                last;
            }
            $server->{tokens}--;
            my $question = shift @{ $server->{waiting} };
            begin($question, $question->{tcp});
        }
    }
    return $wake;
}

sub begin {
    my ($question, $tcp) = @_;
    my $exchange = open_exchange($question, $tcp, my $refusal);
    return say_result($question, $refusal, $tcp, words => name_of($! + 0)) unless $exchange;
    if (!send_try($exchange)) {
        my $number = $! + 0;
        my $status = is_errno($number, 'ECONNREFUSED') ? 'rejected' : is_errno($number, 'EADDRNOTAVAIL', 'ENODEV') ? 'source-error' : 'local-error';
        return say_result($question, $status, $tcp, words => failure($exchange, $number));
    }
    my $number = fileno $exchange->{socket};
    $live{$number} = $exchange;
    $question->{server}{asked}++;
    vec($tcp ? $writers : $readers, $number, 1) = 1;
}

sub event {
    my ($exchange) = @_;
    my $socket = $exchange->{socket};
    if ($exchange->{writing}) {
        my $number = unpack 'i', getsockopt $socket, SOL_SOCKET, SO_ERROR;
        return end($exchange, 'rejected', words => failure($exchange, $number)) if $number;
        my $sent = syswrite $socket, $exchange->{out};
        return stopped($exchange, $! + 0) unless defined $sent;
        substr($exchange->{out}, 0, $sent) = '';
        return if length $exchange->{out};
        $exchange->{writing} = 0;
        vec($writers, fileno $socket, 1) = 0;
        vec($readers, fileno $socket, 1) = 1;
        return;
    }
    my ($fine, $data) = read_exchange($exchange);
    return stopped($exchange, $! + 0) unless $fine;
    return unless defined $data;
    return end($exchange, length $exchange->{data} ? 'malformed' : 'rejected', words => 'the connection ended before the answer')
        if $exchange->{tcp} && $data eq '';
    received($exchange, $data);
}

# An error on the queue that is none of the socket's own would wake us for ever.
sub stopped {
    my ($exchange, $number) = @_;
    return read_error_queue($exchange->{socket}) if is_errno($number, 'EAGAIN', 'EINTR');
    end($exchange, 'rejected', words => failure($exchange, $number));
}

sub fits { my ($octets) = @_; return ($written += length $octets) <= $MOST_OCTETS }

sub received {
    my ($exchange, $data) = @_;
    my ($question, $tcp) = ($exchange->{question}, $exchange->{tcp});
    my $kind = judge($question, $data);
    if ($kind ne 'answer') {
        $question->{oddity} = $data if $kind eq 'oddity';
        if ($kind eq 'stray') {
            $question->{stray} = $data unless $question->{strays}++;
        }
        return $tcp ? silence($exchange) : undef;
    }
    my ($identity, $flags) = unpack 'a2 n', $data;
    my $rtt = (now() - $question->{ids}{$identity}) * 1000;
    my $code = $flags & 15;
    if (($code == 1 || $code == 4) && $question->{edns} && $question->{sent} <= $question->{tries}) {
        $question->{edns} = 0;    # RFC 6891 section 6.2.2: it may know no EDNS
        close_exchange($exchange);
        return begin($question, $tcp);
    }
    if ($flags & 0x200 && !$tcp) {
        $question->{truncated} = 1;
        close_exchange($exchange);
        return begin($question, 1);
    }
    has_answered($question->{server});
    return end($exchange, 'unsupported', words => 'all answers together were larger than a probe gives back')
        unless fits($data);
    end($exchange, 'answered', rtt => $rtt, octets => $data);
}

sub expire {
    my $at = now();
    for my $exchange (grep { $_->{until} <= $at } values %live) {
        my $question = $exchange->{question};
        was_lost($question->{server}, $question->{wait});
        if ($exchange->{tcp} || $question->{sent} >= tries_of($question)) {
            was_silent($question->{server});
            silence($exchange);
        }
        elsif (!send_try($exchange)) { end($exchange, 'rejected', words => failure($exchange, $! + 0)) }
    }
}

sub silence {
    my ($exchange) = @_;
    my $question = $exchange->{question};
    return end($exchange, 'malformed', octets => $question->{oddity}) if defined $question->{oddity};
    if (defined $question->{stray}) {
        return end($exchange, 'mismatched', octets => fits($question->{stray}) ? $question->{stray} : '');
    }
    my $came = length $exchange->{data};
    end($exchange, 'timeout', words => $came ? "$came octets of the answer had come" : '');
}

sub end {
    my ($exchange, $status, %more) = @_;
    close_exchange($exchange);
    say_result($exchange->{question}, $status, $exchange->{tcp}, %more);
}

sub close_exchange {
    my ($exchange) = @_;
    my $number = fileno $exchange->{socket};
    vec($readers, $number, 1) = vec($writers, $number, 1) = 0;
    delete $live{$number};
    $exchange->{question}{server}{asked}--;
    close $exchange->{socket};
}

sub read_servers {
    my %known;
    while (my $line = <STDIN>) {
        my ($index, $host, $port, $transport, $source, $wait, $tries, $rate, $query) = split ' ', $line;
        next unless defined $query;
        my $server = $known{"$host $port"};
        if (!$server) {
            my ($error, $found) = getaddrinfo($host, $port, { flags => AI_NUMERICHOST, socktype => SOCK_DGRAM });
            if ($error) {
                my $question = new_question($index, undef, $transport eq 'tcp', $source, 0, 0, pack 'H*', $query);
                say_result($question, 'local-error', $question->{tcp}, words => 'the host has not the interface of its zone');
                next;
            }
            $server = $known{"$host $port"} = new_server($found->{addr});
            push @servers, $server;
        }
        $server->{rate} = $rate if $rate && (!$server->{rate} || $rate < $server->{rate});
        push @{ $server->{waiting} }, new_question($index, $server, $transport eq 'tcp', $source, $wait / 1000, $tries, pack 'H*', $query);
    }
}

$give_up_at = now() + $ARGV[0] / 1000;
print qq({"probe":"perl"}\n);
read_servers();
run();
end($_, 'unsupported', words => 'the probe was out of time') for values %live;
for my $server (@servers) {
    say_result($_, 'unsupported', $_->{tcp}, words => 'the probe was out of time') for @{ $server->{waiting} };
}
`
