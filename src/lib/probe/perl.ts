/**
 * Parts of the Perl programs that probes are, each a text at file level, for Perl 5.14 and later with nothing but what Debian's
 * perl-base has: no Time::HiRes, no MIME::Base64. A program begins with `perlGround`.
 */

/** Imports, numbers of ip(7) and socket(7), a clock that nobody sets, errno names. */
export const perlGround = `
use strict;
use warnings;
use Errno ();
use Fcntl qw(F_SETFL O_NONBLOCK);
use POSIX ();
use Socket qw(AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_ERROR SO_LINGER AI_NUMERICHOST AI_ADDRCONFIG
    getaddrinfo inet_ntop inet_pton pack_sockaddr_in pack_sockaddr_in6 unpack_sockaddr_in unpack_sockaddr_in6 sockaddr_family);

my ($IP_RECVERR, $IPV6_RECVERR, $MSG_ERRQUEUE, $IP_BIND_ADDRESS_NO_PORT, $SO_BINDTODEVICE) = (11, 25, 0x2000, 24, 25);

my ($KERNEL, $RELEASE, $MACHINE) = (POSIX::uname())[0, 2, 4];
my $LINUX = $KERNEL eq 'Linux';
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
    EMFILE EMSGSIZE ENETUNREACH ENFILE ENOBUFS ENODEV ENONET ENOPROTOOPT EPERM EPIPE EPROTO ETIMEDOUT)) {
    my $number = Errno->can($name);
    $NAME{ $number->() } = $name if $number;
}
sub name_of { my ($number) = @_; return exists $NAME{$number} ? $NAME{$number} : "E$number" }
sub is_errno { my ($number, @names) = @_; my $name = name_of($number); return scalar grep { $_ eq $name } @names }
`

/** `read_error_queue($socket)`: the ICMP error that the kernel kept for a socket with IP_RECVERR. */
export const perlErrorQueue = `
# See ip(7) IP_RECVERR: { errno, type, code, from }, or nothing. Without the number of recvmsg there is no type.
sub read_error_queue {
    my ($socket) = @_;
    return unless $LINUX;
    if (!defined $RECVMSG) {    # that there was one is all that recv can tell
        return unless defined recv $socket, my $ignored, 512, $MSG_ERRQUEUE;
        return { errno => 0 };
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
    return { errno => $number, type => $type, code => $code, from => $from };
}
`

/** `bind_source($socket, $family, $source)` and `is_own($address)`. */
export const perlSource = String.raw`
# Sends from an address, or from an interface written as %name; false with a reason in $!.
sub bind_source {
    my ($socket, $family, $source) = @_;
    return setsockopt $socket, SOL_SOCKET, $SO_BINDTODEVICE, substr($source, 1) . "\0" if $source =~ /^%/;
    my $raw = inet_pton($family, $source);
    if (!defined $raw) { $! = &Errno::EAFNOSUPPORT; return 0 }
    setsockopt $socket, 0, $IP_BIND_ADDRESS_NO_PORT, 1 if $LINUX;    # since 4.2: connect chooses the port, so that ports last
    return bind $socket, $family == AF_INET6 ? pack_sockaddr_in6(0, $raw) : pack_sockaddr_in(0, $raw);
}

# Whether this host has the address: then an ICMP error from it was made here, for instance by failed ARP.
sub is_own {
    my ($address) = @_;
    my $family = $address =~ /:/ ? AF_INET6 : AF_INET;
    socket my $socket, $family, SOCK_DGRAM, 0 or return 0;
    my $raw = inet_pton($family, $address);
    return bind $socket, $family == AF_INET6 ? pack_sockaddr_in6(0, $raw) : pack_sockaddr_in(0, $raw);
}
`
