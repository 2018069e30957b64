// page_writer.h — one page of a harvest into the store: each record judged, good ones taken, wrong ones named, in one transaction.
#pragma once

#include "peers/connection.h"
#include "peers/engine/harvest_rules.h"
#include "peers/twins.h"

namespace greenbank::peers {

class PageWriter {
public:
    /// `harvest` is counted up page by page.
    PageWriter(JobRun& run, const Peer& peer, const std::string& own_home, Harvest& harvest) :
        run_(run), peer_(peer), own_home_(own_home), harvest_(harvest), twins_(run.store()) {}

    /// `walk` is kept with the peer in the same transaction: after a crash the harvest goes on exactly behind what is stored.
    Result<Done> write(const oai::PageOfRecords& page, const std::string& walk);

private:
    struct Prepared {
        const oai::HarvestedRecord* record;
        std::optional<Entry> entry; // none of a delete, and of what turned out faulty
        std::vector<Twin> twins;
        Problems problems;
    };
    Result<Done> store(Transaction& transaction, Prepared& prepared, const std::optional<Harvested>& held);
    Result<Done> create(Transaction& transaction, Prepared& prepared, const std::optional<Harvested>& held);
    Result<Done> update(Transaction& transaction, Prepared& prepared, Harvested held);
    Result<Done> withdraw(Transaction& transaction, const oai::Header& header, Harvested held);
    Result<Done> name_fault(Transaction& transaction, const std::string& identifier, const Problem& problem);
    Harvested mark(const oai::HarvestedRecord& record, const std::string& kind, const std::string& entry) const;

    JobRun& run_;
    const Peer& peer_;
    const std::string own_home_;
    Harvest& harvest_;
    Twins twins_;
    HarvestCounts counts_; // of the page being written, on top of what came before
    Time now_;
    std::int64_t faults_named_ = 0;
};

/// What a meeting taught, kept with the peer.
Result<Done> remember(Transaction& transaction, const Peer& peer, const Acquaintance& met, Time now);
/// Refused where a job is at work on the peer.
Result<Done> allow_one_job(Transaction& transaction, const Peer& peer);
/// The entry behind a harvested record, with its versions and pairs.
Result<Done> erase_copy(Transaction& transaction, const Harvested& one);

} // namespace greenbank::peers
