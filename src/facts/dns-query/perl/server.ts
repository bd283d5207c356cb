/** A question, and the server it is for with its pace. */
export const perlServer = String.raw`
my $random = '';

# Nobody can guess it (RFC 5452); many come from one read.
sub two_octets {
    if (length $random < 2) {
        open my $file, '<:raw', '/dev/urandom' or die "/dev/urandom: $!";
        sysread $file, $random, 1024;
    }
    return substr $random, 0, 2, '';
}

sub new_question {
    my ($index, $server, $tcp, $source, $wait, $tries, $wire) = @_;
    return {
        index => $index, server => $server, tcp => $tcp, source => $source, wait => $wait, tries => $tries, wire => $wire,
        asked => lc substr($wire, 12, length($wire) - 12 - $EDNS_OCTETS), edns => 1, sent => 0, ids => {}, strays => 0, truncated => 0,
    };
}

# The next query: with a new id, and without EDNS where the server does not know it.
sub packet {
    my ($question) = @_;
    my ($wire, $identity) = ($question->{wire}, two_octets());
    $question->{ids}{$identity} = now();
    $question->{sent}++;
    return $identity . substr $wire, 2 if $question->{edns};
    return $identity . substr($wire, 2, 8) . "\0\0" . substr $wire, 12, length($wire) - 12 - $EDNS_OCTETS;
}

# 'answer', 'stray' or 'oddity' for what came; see RFC 5452 section 9.1.
sub judge {
    my ($question, $data) = @_;
    return 'oddity' if length $data < 12;
    my ($identity, $flags, $counted) = unpack 'a2 n n', $data;
    return 'stray' unless exists $question->{ids}{$identity} && $flags & 0x8000;
    return 'answer' if !$counted && $flags & 15;    # servers that refuse may leave the question out
    return 'stray' if $counted != 1 || lc(substr $data, 12, length $question->{asked}) ne $question->{asked};
    return 'answer';
}

# What is to be asked of one address and port, and how fast it may be.
sub new_server {
    my ($packed) = @_;
    return {
        family => sockaddr_family($packed), packed => $packed, rate => 0, waiting => [], asked => 0, window => $WINDOW, shrunk => 0,
        silences => 0, tokens => $BURST, filled => now(),
    };
}

# 0 when a query may leave now, else the moment at which to look again; undef: only after an answer.
sub may_send {
    my ($server, $at) = @_;
    return undef if $server->{asked} >= $server->{window};
    return 0 unless $server->{rate};
    my $tokens = $server->{tokens} + ($at - $server->{filled}) * $server->{rate};
    $server->{tokens} = $tokens > $BURST ? $BURST : $tokens;
    $server->{filled} = $at;
    return $server->{tokens} >= 1 ? 0 : $at + (1 - $server->{tokens}) / $server->{rate};
}

sub has_answered {
    my ($server) = @_;
    $server->{silences} = 0;
    $server->{window}++ if $server->{window} < $MOST_WINDOW;
}

# A lost query may be a server that has had enough: once for all that were lost together. Not one that is dead.
sub was_lost {
    my ($server, $wait) = @_;
    my $at = now();
    return if $server->{silences} >= $PATIENCE || $at - $server->{shrunk} <= $wait;
    $server->{window} = int($server->{window} / 2);
    $server->{window} = $LEAST_WINDOW if $server->{window} < $LEAST_WINDOW;
    $server->{shrunk} = $at;
}

# A question stayed unanswered. Many in a row: the server is dead, and slowness would only cost time.
sub was_silent {
    my ($server) = @_;
    $server->{window} = $WINDOW if ++$server->{silences} == $PATIENCE && $server->{window} < $WINDOW;
}

sub tries_of { my ($question) = @_; return $question->{server}{silences} < $PATIENCE ? $question->{tries} : 1 }
`
