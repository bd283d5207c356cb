#!/usr/bin/perl
# The listeners of one lab host: nine tab-separated columns a line on standard input, as services.ts writes them.
# Exits 0 once every port is bound; the processes that serve them stay behind. Perl, because it starts in 5 ms,
# needs 5 MB, and its base package is on every Debian.
use strict;
use warnings;
use IO::Select;
use POSIX ();
use Socket qw(:all);

my %processes;

# How soon a host answers must not depend on what else this machine does. Inherited by all that serve.
setpriority 0, 0, -20;

while (my $line = <STDIN>) {
    chomp $line;
    my ($process, $user, $protocol, $address, $port, $v6only, $backlog, $after, $say) = split /\t/, $line, -1;
    die "no user $user\n" if $user ne '' && !defined getpwnam $user;
    my $v6     = $address =~ /:/;
    my $family = $v6 ? AF_INET6 : AF_INET;
    my $packed = inet_pton($family, $address) // die "not an address: $address\n";
    my $name   = $v6 ? pack_sockaddr_in6($port, $packed) : pack_sockaddr_in($port, $packed);
    socket(my $socket, $family, $protocol eq 'tcp' ? SOCK_STREAM : SOCK_DGRAM, 0) or die "socket: $!\n";
    setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) or die "SO_REUSEADDR: $!\n";
    setsockopt($socket, IPPROTO_IPV6, IPV6_V6ONLY, pack('i', $v6only)) or die "IPV6_V6ONLY: $!\n" if $v6;
    bind($socket, $name) or die "bind $protocol $address port $port: $!\n";
    if ($protocol eq 'tcp') { listen($socket, $backlog) or die "listen on $port: $!\n" }
    push @{ $processes{"$process\t$user"} }, { socket => $socket, tcp => $protocol eq 'tcp', after => $after, say => pack('H*', $say) };
}

for my $key (keys %processes) {
    my ($process, $user) = split /\t/, $key, -1;
    defined(my $pid = fork) or die "fork: $!\n";
    next if $pid;
    POSIX::setsid();
    open STDIN,  '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', '/dev/null';
    my $mine = delete $processes{$key};
    %processes = ();
    if ($user ne '') {
        my (undef, undef, $uid, $gid) = getpwnam $user;
        POSIX::setgid($gid);
        POSIX::setuid($uid);
    }
    $0 = $process;
    $SIG{PIPE} = 'IGNORE';
    serve(@$mine);
}

sub serve {
    my @services = @_;
    my %service  = map { fileno($_->{socket}) => $_ } @services;
    my $select   = IO::Select->new(map { $_->{socket} } grep { $_->{after} ne 'ignore' } @services);
    if ($select->count == 0) { sleep 1000 while 1 }
    while (my @ready = $select->can_read) {
        for my $socket (@ready) {
            my $service = $service{ fileno $socket };
            if    (!$service)       { read_client($select, $socket) }
            elsif ($service->{tcp}) { welcome($select, $service) }
            else                    { answer($service) }
        }
    }
}

sub welcome {
    my ($select, $service) = @_;
    accept(my $client, $service->{socket}) or return;
    syswrite $client, $service->{say} if $service->{say} ne '';
    if ($service->{after} eq 'hold') { $select->add($client); return }
    setsockopt $client, SOL_SOCKET, SO_LINGER, pack('ii', 1, 0) if $service->{after} eq 'reset';
    close $client;
}

sub read_client {
    my ($select, $client) = @_;
    return if sysread $client, my $data, 65536;
    $select->remove($client);
    close $client;
}

sub answer {
    my ($service) = @_;
    my $peer = recv($service->{socket}, my $data, 65536, 0) // return;
    send $service->{socket}, $service->{say} ne '' ? $service->{say} : $data, 0, $peer;
}
