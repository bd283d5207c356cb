/** One socket that carries a question: over UDP with its tries, or over TCP; and what is written about it. */
export const perlExchange = String.raw`
sub base64 {
    my ($octets) = @_;
    my $text = pack 'u', $octets;
    $text =~ s/^.//gm;
    $text =~ tr|${'`'} -_\n|AA-Za-z0-9+/|d;
    my $padding = (3 - length($octets) % 3) % 3;
    substr($text, -$padding) = '=' x $padding if $padding;
    return $text;
}

sub say_result {
    my ($question, $status, $tcp, %more) = @_;
    my $words = defined $more{words} ? $more{words} : '';
    $words =~ s/[^ !#-\[\]-~]/?/g;
    printf qq([%d,"%s","%s",%d,%s,%d,%d,"%s","%s"]\n), $question->{index}, $status, $tcp ? 'tcp' : 'udp', $question->{truncated},
        defined $more{rtt} ? sprintf('%.3f', $more{rtt}) : 'null', $question->{sent}, $question->{strays},
        defined $more{octets} ? base64($more{octets}) : '', $words;
}

# A connected socket; on failure nothing, with the reason in $! and whose it is in $_[2]: 'unsupported', 'source-error', 'local-error'.
sub open_exchange {
    my ($question, $tcp) = @_;
    my $server = $question->{server};
    $_[2] = 'unsupported';
    socket my $socket, $server->{family}, $tcp ? SOCK_STREAM : SOCK_DGRAM, 0 or return;
    fcntl $socket, F_SETFL, O_NONBLOCK;
    my $six = $server->{family} == AF_INET6;
    setsockopt $socket, $six ? 41 : 0, $six ? $IPV6_RECVERR : $IP_RECVERR, 1 if $LINUX;
    $_[2] = 'source-error';
    bind_source($socket, $server->{family}, $question->{source}) or return if $question->{source} ne '-';
    $_[2] = 'local-error';
    if (!connect $socket, $server->{packed} and !is_errno($! + 0, 'EINPROGRESS')) {
        $_[2] = 'source-error' if is_errno($! + 0, 'EADDRNOTAVAIL', 'ENODEV');
        $_[2] = 'rejected' if is_errno($! + 0, 'ECONNREFUSED');
        return;
    }
    return { question => $question, tcp => $tcp, socket => $socket, until => 0, out => '', data => '', writing => $tcp };
}

# Sends a try, or has it ready to be written; false with a reason in $!.
sub send_try {
    my ($exchange) = @_;
    my $packet = packet($exchange->{question});
    $exchange->{until} = now() + $exchange->{question}{wait};
    return defined send $exchange->{socket}, $packet, 0 unless $exchange->{tcp};
    $exchange->{out} = pack('n', length $packet) . $packet;
    return 1;
}

# Words for what stopped it: the ICMP error, where there was one.
sub failure {
    my ($exchange, $number) = @_;
    my $icmp = read_error_queue($exchange->{socket});
    return name_of($number) unless $icmp && defined $icmp->{type};
    my $from = defined $icmp->{from} ? " from $icmp->{from}" : '';
    return sprintf '%s, ICMP %d/%d%s', name_of($icmp->{errno}), $icmp->{type}, $icmp->{code}, $from;
}

# (1, message), (1, '') when a stream ended before one, (1, undef) when there is none yet; () with a reason in $!.
sub read_exchange {
    my ($exchange) = @_;
    if (!$exchange->{tcp}) {
        defined recv $exchange->{socket}, my $data, 65535, 0 or return;
        return (1, $data);
    }
    my $count = sysread $exchange->{socket}, $exchange->{data}, 65537, length $exchange->{data};
    return unless defined $count;
    return (1, '') unless $count;
    return (1, undef) if length $exchange->{data} < 2;
    my $length = unpack 'n', $exchange->{data};
    return (1, length $exchange->{data} < 2 + $length ? undef : substr $exchange->{data}, 2, $length);
}
`
