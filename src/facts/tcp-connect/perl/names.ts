/** Names are resolved on the source host, before the first socket is opened, by several processes at once. */
export const perlNames = String.raw`
# Distinct socket addresses of a name or an address literal; first an error text, or with addresses which of them are left out.
sub look_up {
    my ($host, $port, $family, $flags) = @_;
    my %wanted = (0 => 0, 4 => AF_INET, 6 => AF_INET6);
    my ($error, @found) = getaddrinfo($host, $port, { family => $wanted{$family}, socktype => SOCK_STREAM, flags => $flags });
    return "$error" if $error;
    my %seen;
    my @packed = grep { !$seen{$_}++ } map { $_->{addr} } grep { $_->{family} == AF_INET || $_->{family} == AF_INET6 } @found;
    my $count = @packed;
    splice @packed, $MOST_ADDRESSES if $count > $MOST_ADDRESSES;
    return ($count > $MOST_ADDRESSES ? "of the $count addresses of the name $MOST_ADDRESSES are asked" : '', @packed);
}

# name and family => [error, packed addresses]; one slow answer must not delay the others.
sub look_up_names {
    my @names = @_;
    my $workers = @names < 16 ? scalar @names : 16;
    my (%answers, @children);
    pipe my $from, my $to or return;
    for my $worker (0 .. $workers - 1) {
        my $child = fork;
        next unless defined $child;
        if ($child) { push @children, $child; next }
        for (my $at = $worker; $at < @names; $at += $workers) {
            my ($error, @packed) = look_up(split(/ /, $names[$at]), AI_ADDRCONFIG);
            syswrite $to, join("\t", $names[$at], unpack('H*', $error), map { unpack 'H*', $_ } @packed) . "\n";
        }
        POSIX::_exit(0);
    }
    close $to;
    my ($text, $until) = ('', now() + $RESOLVE);
    while ((my $left = $until - now()) > 0) {
        my $bits = '';
        vec($bits, fileno $from, 1) = 1;
        next unless select($bits, undef, undef, $left) > 0;
        last unless sysread $from, $text, 65536, length $text;
    }
    kill 'KILL', @children if @children;
    waitpid $_, 0 for @children;
    for my $line (split /\n/, $text) {
        my ($name, @fields) = split /\t/, $line, -1;
        $answers{$name} = [map { pack 'H*', $_ } @fields];
    }
    return %answers;
}

sub with_port {
    my ($packed, $port) = @_;
    return pack_sockaddr_in($port, (unpack_sockaddr_in $packed)[1]) if sockaddr_family($packed) == AF_INET;
    my (undef, $raw, $scope, $flow) = unpack_sockaddr_in6 $packed;
    return pack_sockaddr_in6($port, $raw, $scope, $flow);
}

sub read_jobs {
    my (@jobs, @named);
    while (my $line = <STDIN>) {
        my ($index, $host, $port, $wait, $family, $source) = split ' ', $line;
        next unless defined $source;
        my ($error, @packed) = look_up($host, $port, 0, AI_NUMERICHOST);
        push @named, [$index, "$host 0 $family", $port, $wait / 1000, $source] if $error;
        push @jobs, map { new_job($index, $_, $wait / 1000, $source) } @packed;
    }
    my %wanted = map { $_->[1] => 1 } @named;
    my %answers = @named ? look_up_names(sort keys %wanted) : ();
    for (@named) {
        my ($index, $name, $port, $wait, $source) = @$_;
        my ($error, @packed) = @{ $answers{$name} || ["no answer within $RESOLVE s"] };
        say_answer($index, undef, 'name', text => $error || 'no address') unless @packed;
        say_answer($index, undef, 'unasked', text => $error) if @packed && $error;    # never in silence
        push @jobs, map { new_job($index, with_port($_, $port), $wait, $source) } @packed;
    }
    return @jobs;
}
`
