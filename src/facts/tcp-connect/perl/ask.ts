/** One target's socket, and what it can tell. */
export const perlAsk = String.raw`
sub new_job {
    my ($index, $packed, $wait, $source) = @_;
    my $family = sockaddr_family($packed);
    my $raw = $family == AF_INET6 ? (unpack_sockaddr_in6 $packed)[1] : (unpack_sockaddr_in $packed)[1];
    return {
        index => $index, family => $family, packed => $packed, address => inet_ntop($family, $raw),
        wait => $wait, source => $source, asks => 0, silent => 1, confirmed => 0, limited => 0,
    };
}

# Binds to the wished source; false with a reason in $!.
sub bind_source {
    my ($socket, $job) = @_;
    my $source = $job->{source};
    return setsockopt $socket, SOL_SOCKET, $SO_BINDTODEVICE, substr($source, 1) . "\0" if $source =~ /^%/;
    my $raw = inet_pton($job->{family}, $source);
    if (!defined $raw) { $! = &Errno::EAFNOSUPPORT; return 0 }
    setsockopt $socket, 0, $IP_BIND_ADDRESS_NO_PORT, 1 if $LINUX;    # since 4.2: connect chooses the port, so that ports last
    return bind $socket, $job->{family} == AF_INET6 ? pack_sockaddr_in6(0, $raw) : pack_sockaddr_in(0, $raw);
}

# The ICMP error that the kernel kept, see ip(7) IP_RECVERR: { errno, json, from }, or nothing.
sub icmp_error {
    my ($socket) = @_;
    return unless $LINUX;
    if (!defined $RECVMSG) {    # that there was one is all that recv can tell
        return unless defined recv $socket, my $ignored, 512, $MSG_ERRQUEUE;
        return { errno => 0, json => '"seen"' };
    }
    my ($data, $control) = ('', '');
    vec($data, 511, 8) = vec($control, 511, 8) = 0;    # buffers of their own, which the kernel may write to
    my $vector = pack 'P Q', $data, 512;
    my $message = pack 'Q L x4 P Q P Q i x4', 0, 0, $vector, 1, $control, 512, 0;
    return if syscall($RECVMSG, fileno $socket, $message, $MSG_ERRQUEUE) < 0;
    my $filled = unpack 'x40 Q', $message;
    for (my $at = 0; $at + 16 <= $filled;) {
        my ($length, $level, $kind) = unpack "x$at Q i i", $control;
        last if $length < 16;
        my $is_error = ($level == 0 && $kind == $IP_RECVERR) || ($level == 41 && $kind == $IPV6_RECVERR);
        my $found = $is_error && $length >= 40 ? read_error(substr $control, $at + 16, $length - 16) : undef;
        return $found if $found;
        $at += ($length + 7) & ~7;
    }
    return;
}

# struct sock_extended_err, and the address of the sender behind it.
sub read_error {
    my ($raw) = @_;
    my ($number, $origin, $type, $code, $family) = unpack 'L C C C x9 S', $raw;
    return unless $origin == 2 || $origin == 3;    # SO_EE_ORIGIN_ICMP and _ICMP6; others are local remarks
    my $from;
    $from = inet_ntop(AF_INET, substr $raw, 20, 4) if $family == AF_INET;
    $from = inet_ntop(AF_INET6, substr $raw, 24, 16) if $family == AF_INET6 && length $raw >= 40;
    return { errno => $number, from => $from, json => sprintf '[%d,%d,%s]', $type, $code, defined $from ? qq("$from") : 'null' };
}

# Whether this host has the address: then the ICMP error was made here, for instance by failed ARP.
sub is_own {
    my ($address) = @_;
    my $family = $address =~ /:/ ? AF_INET6 : AF_INET;
    socket my $socket, $family, SOCK_DGRAM, 0 or return 0;
    my $raw = inet_pton($family, $address);
    return bind $socket, $family == AF_INET6 ? pack_sockaddr_in6(0, $raw) : pack_sockaddr_in(0, $raw);
}

sub local_address {
    my ($socket) = @_;
    my $packed = getsockname $socket or return;
    my $family = sockaddr_family($packed);
    return inet_ntop($family, $family == AF_INET6 ? (unpack_sockaddr_in6 $packed)[1] : (unpack_sockaddr_in $packed)[1]);
}
`
