// rooms.h — what rooms hold beside the database, one line each; slices.cpp introduces them to each other.
#pragma once

#include "api/jobs.h"
#include "carbon/exchange/exchange.h"
#include "energy/field/field.h"
#include "energy/telemetry/intake.h"
#include "energy/watch/watching.h"
#include "http/fetcher.h"
#include "ledger/book.h"
#include "library/finding/saved_searches.h"
#include "library/finding/search_misses.h"
#include "library/publishing/publication.h"
#include "market/market.h"
#include "match/match.h"
#include "parties/parties.h"
#include "search/search.h"

namespace greenbank::app {

Time clock_now();

struct Rooms {
    JobKinds jobs; // known once the slices are made
    parties::Access access;
    std::unique_ptr<search::Index> index;
    library::MissLog misses;
    library::NoticeDesk notices;
    library::PublicAddress address; // known once the server listens
    match::Matcher matcher;
    ledger::Book book;
    market::Floor floor;
    http::Fetcher fetch;
    energy::Intake intake;
    energy::Monitoring monitoring;
    energy::Field field;
    carbon::PartnerExchange exchange;

    Rooms(Store& store, parties::Settings parties, std::unique_ptr<search::Index> found_by, http::FetchSettings fetching) :
        access(store, std::move(parties)),
        index(std::move(found_by)),
        matcher(match::compiled_in_weights()),
        book(store),
        floor(book),
        fetch(std::move(fetching)),
        intake(store),
        monitoring(intake),
        field(store, intake, clock_now),
        exchange(store, {.send = fetch, .gatekeeper = access, .address = address, .clock = clock_now}) {}
};

/// One line a slice.
std::vector<Slice> slices(Rooms& rooms);

} // namespace greenbank::app
