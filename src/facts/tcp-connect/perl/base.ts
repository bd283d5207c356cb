import { pace } from '../timing.js'

/** Imports, constants, clock, and the one function that writes answers. Only what Debian's perl-base has: no Time::HiRes. */
export const perlBase = String.raw`
use strict;
use warnings;
use Errno ();
use Fcntl qw(F_SETFL O_NONBLOCK);
use POSIX ();
use Socket qw(AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_ERROR SO_LINGER AI_NUMERICHOST AI_ADDRCONFIG
    getaddrinfo inet_ntop inet_pton pack_sockaddr_in pack_sockaddr_in6 unpack_sockaddr_in unpack_sockaddr_in6 sockaddr_family);

my ($GAP, $ALONE, $LONG) = (${pace.gapMs / 1000}, ${pace.aloneMs / 1000}, ${pace.longMs / 1000});
my ($FEW, $MORE, $ROUNDS) = (${pace.samples}, ${pace.samplesWhereLimited}, ${pace.rounds});
my ($WATCH_LEAST, $WATCH_MOST) = (0.02, 0.5);    # seconds an open connection is watched for a reset
my ($RESOLVE, $MOST_ADDRESSES, $ROOM) = (${pace.resolveMs / 1000}, ${pace.addressesPerName}, ${pace.sockets});
my $BURST = 4;    # connects begun before answers are looked at, so that an answer's time is its own
my ($IP_RECVERR, $IPV6_RECVERR, $MSG_ERRQUEUE, $IP_BIND_ADDRESS_NO_PORT, $SO_BINDTODEVICE) = (11, 25, 0x2000, 24, 25);

my ($KERNEL, $RELEASE, $MACHINE) = (POSIX::uname())[0, 2, 4];
my $LINUX = $KERNEL eq 'Linux';
# Linux keeps ICMP errors of TCP sockets for unprivileged readers since 5.8.
my $QUEUE = $LINUX && $RELEASE =~ /^(\d+)\.(\d+)/ && ($1 > 5 || ($1 == 5 && $2 >= 8));
# Perl has neither recvmsg nor a fine clock of its own: numbers of recvmsg and clock_gettime by architecture.
my %SYSCALLS = (x86_64 => [47, 228], aarch64 => [212, 113], riscv64 => [212, 113], ppc64le => [342, 246], s390x => [372, 260]);
my ($RECVMSG, $CLOCK_GETTIME) = $LINUX && length(pack 'P', '') == 8 ? @{ $SYSCALLS{$MACHINE} || [] } : ();

my $hires = !defined $CLOCK_GETTIME && eval { require Time::HiRes; Time::HiRes::clock_gettime(Time::HiRes::CLOCK_MONOTONIC()) };
my $ticks = POSIX::sysconf(&POSIX::_SC_CLK_TCK) || 100;

# Seconds on a clock that no one sets.
sub now {
    if (defined $CLOCK_GETTIME) {
        my $time = pack 'q2', 0, 0;
        syscall $CLOCK_GETTIME, 1, $time;
        my ($seconds, $nanoseconds) = unpack 'q2', $time;
        return $seconds + $nanoseconds / 1e9;
    }
    return Time::HiRes::clock_gettime(Time::HiRes::CLOCK_MONOTONIC()) if $hires;
    return (POSIX::times())[0] / $ticks;
}

my %NAME;
for my $name (qw(EACCES EADDRNOTAVAIL EAFNOSUPPORT EAGAIN ECONNREFUSED ECONNRESET EHOSTDOWN EHOSTUNREACH EINPROGRESS EINTR EINVAL
    EMFILE ENETUNREACH ENFILE ENOBUFS ENODEV ENONET ENOPROTOOPT EPERM EPIPE EPROTO ETIMEDOUT)) {
    my $number = Errno->can($name);
    $NAME{ $number->() } = $name if $number;
}
sub name_of { my ($number) = @_; return exists $NAME{$number} ? $NAME{$number} : "E$number" }
sub is_errno { my ($number, @names) = @_; my $name = name_of($number); return scalar grep { $_ eq $name } @names }

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
