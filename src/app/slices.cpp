// slices.cpp — one line a slice.
#include "api/find.h"
#include "api/sample.h"
#include "app/bank.h"
#include "app/rooms.h"
#include "app/search_commands.h"
#include "carbon/carbon.h"
#include "cities/cities.h"
#include "deals/deals.h"
#include "energy/energy.h"
#include "events/events.h"
#include "finance/finance.h"
#include "ledger/ledger.h"
#include "library/library.h"
#include "market/market.h"
#include "peers/peers.h"
#include "planning/planning.h"
#include "projects/projects.h"
#include "services/services.h"

namespace greenbank::app {

std::vector<Slice> slices(Rooms& rooms) {
    std::vector<Slice> all = {
        api_slice(rooms.jobs),
        parties::slice(rooms.access),
        with_search_commands(library::slice(*rooms.index, rooms.misses, rooms.notices, rooms.address, rooms.access.transparency())),
        peers::slice(rooms.fetch, rooms.address),
        projects::slice(rooms.address, rooms.access.transparency()),
        services::slice(),
        ledger::slice(rooms.book, rooms.address.base),
        match::slice(rooms.matcher),
        deals::slice(rooms.book),
        events::slice(rooms.address),
        energy::slice(rooms.intake, rooms.monitoring, rooms.field, rooms.fetch),
        carbon::slice(rooms.address, rooms.access.transparency(), rooms.exchange, rooms.intake.archive()),
        planning::slice(rooms.book, rooms.intake.archive(), rooms.address, rooms.access.transparency()),
        market::slice(rooms.book, rooms.floor, rooms.access.transparency(), rooms.address.base),
        finance::slice(rooms.book, rooms.intake.archive(), rooms.address, rooms.access.transparency()),
        cities::slice(rooms.address, rooms.access.transparency(), rooms.intake.archive()),
    };
    all.push_back(find_slice(all, {"technology", "need", "capital_offer", "organisation", "expert", "policy"})); // the search has these
    all.push_back(sample_slice(sample_bank(all, sample_files())));
    return all;
}

} // namespace greenbank::app
