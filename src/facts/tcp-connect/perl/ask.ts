/** One target's socket, and what it can tell. */
export const perlAsk = `
sub new_job {
    my ($index, $packed, $wait, $source) = @_;
    my $family = sockaddr_family($packed);
    my $raw = $family == AF_INET6 ? (unpack_sockaddr_in6 $packed)[1] : (unpack_sockaddr_in $packed)[1];
    return {
        index => $index, family => $family, packed => $packed, address => inet_ntop($family, $raw),
        wait => $wait, source => $source, asks => 0, silent => 1, confirmed => 0, limited => 0,
    };
}

# The ICMP error that the kernel kept: { errno, json, from }, or nothing.
sub icmp_error {
    my $found = read_error_queue($_[0]) or return;
    return { errno => 0, json => '"seen"' } unless defined $found->{type};
    my $from = $found->{from};
    my $json = sprintf '[%d,%d,%s]', $found->{type}, $found->{code}, defined $from ? qq("$from") : 'null';
    return { errno => $found->{errno}, from => $from, json => $json };
}

sub local_address {
    my ($socket) = @_;
    my $packed = getsockname $socket or return;
    my $family = sockaddr_family($packed);
    return inet_ntop($family, $family == AF_INET6 ? (unpack_sockaddr_in6 $packed)[1] : (unpack_sockaddr_in $packed)[1]);
}
`
