#!/usr/bin/perl
# A foreign harvester: Debian's libhttp-oai-perl walks a whole list by its resumption tokens and prints one line a record.
#   harvest.pl BASE_URL [metadataPrefix [set [from]]]
# Prints "identifier datestamp" or "identifier datestamp deleted" in the order of the list. Exit status 1 where the peer answers
# with an error, 2 where a record that is not deleted comes without metadata, or a date or a name is missing from Identify.
use strict;
use warnings;
use HTTP::OAI;

my ($base_url, $prefix, $set, $from) = @ARGV;
die "usage: harvest.pl BASE_URL [metadataPrefix [set [from]]]\n" unless $base_url;

sub stop_on_error {
    my ($response, $verb) = @_;
    return unless $response->is_error;
    print STDERR "$verb: ", $response->code, " ", $response->message, "\n";
    exit 1;
}

my $harvester = HTTP::OAI::Harvester->new(baseURL => $base_url);

my $identity = $harvester->Identify;
stop_on_error($identity, 'Identify');
unless ($identity->repositoryName && $identity->earliestDatestamp && $identity->deletedRecord eq 'persistent') {
    print STDERR "Identify lacks a name, an earliest datestamp or persistent deletions\n";
    exit 2;
}

my %arguments = (metadataPrefix => $prefix || 'oai_dc');
$arguments{set} = $set if $set;
$arguments{from} = $from if $from;
# Release 4.12 follows the tokens by itself; next() would give the last page only, so each record is taken as it comes.
my $list = $harvester->ListRecords(
    %arguments,
    onRecord => sub {
        my $record = shift;
        my $header = $record->header;
        my $deleted = ($header->status || '') eq 'deleted';
        unless ($deleted || $record->metadata) {
            print STDERR $header->identifier, " has no metadata\n";
            exit 2;
        }
        print join(' ', $header->identifier, $header->datestamp, $deleted ? 'deleted' : ()), "\n";
    });
stop_on_error($list, 'ListRecords');
