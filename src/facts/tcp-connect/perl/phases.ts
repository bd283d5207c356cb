/** Everything in parallel, then the silent alone. */
export const perlPhases = String.raw`
sub pause { my ($seconds) = @_; select undef, undef, undef, $seconds if $seconds > 0 }

# Evenly chosen, as neighbouring ports often share one rule.
sub spread {
    my ($count, @lane) = @_;
    return @lane if @lane <= $count;
    return map { $lane[$_ * @lane / $count] } 0 .. $count - 1;
}

# Asks the silent again, alone, so that no rate limit can swallow an answer; see the README.
sub confirm {
    my @silent = @_;
    my (%by_address, %chosen, %alone);
    my $merged = $shared;
    push @{ $by_address{ $merged ? '' : $_->{address} } }, $_ for @silent;
    for my $key (keys %by_address) {
        $chosen{$key} = [spread($merged || $heard{$key} ? $MORE : $FEW, @{ $by_address{$key} })];
        $alone{$_} = 1 for @{ $chosen{$key} };
    }
    pause($GAP);
    run(map { [map { [$_, $ALONE] } @$_] } values %chosen);
    pause($GAP - $ALONE);
    run(grep { @$_ } map { [map { [$_, $_->{wait} > $LONG ? $_->{wait} : $LONG] } grep { $_->{silent} } @$_] } values %chosen);
    my @rest = grep { !$alone{$_} } @silent;
    for (1 .. $ROUNDS) {
        my @left = grep { $_->{silent} } @rest;
        run(map { [[$_, $_->{wait}]] } @left);
        last if 10 * grep({ !$_->{silent} } @left) <= @left;
    }
    for my $key (keys %by_address) {
        my $limited = $shared || $heard{$key} || grep { !$_->{silent} } @{ $by_address{$key} };
        for my $job (@{ $by_address{$key} }) {
            $job->{limited} = $limited;
            my $asked_alone = $alone{$job} && $job->{asks} >= 3 && !$shared == !$merged;
            $job->{confirmed} = $asked_alone || ($job->{asks} >= 2 && !$alone{$job} && !$limited);
        }
    }
}

$give_up_at = now() + $ARGV[0] / 1000;
$| = 1;    # written now, lest a child process writes it again
printf qq({"probe":"perl","icmp":"%s"}\n), !$QUEUE ? 'none' : defined $RECVMSG ? 'full' : 'seen';
$| = 0;
my @jobs = read_jobs();
run(map { [[$_, $_->{wait}]] } @jobs);
my @silent = grep { $_->{silent} && $_->{asks} } @jobs;
confirm(@silent) if @silent && now() < $give_up_at;
for my $job (grep { $_->{silent} } @jobs) {
    if ($job->{asks}) { say_answer($job->{index}, $job, 'timeout', confirmed => $job->{confirmed}, limited => $job->{limited}) }
    else              { say_answer($job->{index}, $job, 'unasked') }
}
`
