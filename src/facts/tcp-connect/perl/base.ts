import { pace } from '../timing.js'

/** Constants, and the one function that writes answers. */
export const perlBase = String.raw`
my ($GAP, $ALONE, $LONG) = (${pace.gapMs / 1000}, ${pace.aloneMs / 1000}, ${pace.longMs / 1000});
my ($FEW, $MORE, $ROUNDS) = (${pace.samples}, ${pace.samplesWhereLimited}, ${pace.rounds});
my ($WATCH_LEAST, $WATCH_MOST) = (0.02, 0.5);    # seconds an open connection is watched for a reset
my ($RESOLVE, $MOST_ADDRESSES, $ROOM) = (${pace.resolveMs / 1000}, ${pace.addressesPerName}, ${pace.sockets});
my $BURST = 4;    # connects begun before answers are looked at, so that an answer's time is its own

# Linux keeps ICMP errors of TCP sockets for unprivileged readers since 5.8.
my $QUEUE = $LINUX && $RELEASE =~ /^(\d+)\.(\d+)/ && ($1 > 5 || ($1 == 5 && $2 >= 8));

sub say_answer {
    my ($index, $job, $outcome, %more) = @_;
    my @fields = (qq("i":$index), qq("outcome":"$outcome"));
    push @fields, qq("address":"$job->{address}"), qq("asks":$job->{asks}) if $job;
    for my $key (qw(source errno text)) {
        next unless defined $more{$key};
        (my $text = $more{$key}) =~ s/[^ !#-\[\]-~]/?/g;
        push @fields, qq("$key":"$text");
    }
    push @fields, sprintf '"ms":%.3f', $more{ms} if defined $more{ms};
    push @fields, qq("icmp":$more{icmp}) if defined $more{icmp};
    push @fields, map { qq("$_":true) } grep { $more{$_} } qw(local confirmed limited);
    print '{', join(',', @fields), "}\n";
}
`
