// page_writer.cpp — verdicts into changes of the store.
#include "peers/page_writer.h"

#include <fmt/format.h>

#include "api/words.h"
#include "library/disclosure/disclosure.h"
#include "library/versions.h"
#include "json/json.h"

namespace greenbank::peers {

using library::CapitalOffer;
using library::Need;
using library::State;
using library::Technology;

namespace {

constexpr std::int64_t faults_named_max = 1000; // of one harvest; all are counted
constexpr std::size_t problems_of_record_max = 3;

Problem as_problem(const Error& error) { return {"", error.code, error.message, error.parameters}; }

template <class T> Result<std::optional<T>> stored(Transaction& transaction, const std::string& id) { return transaction.find_one<T>("id = $1", {id}); }

/// Calls `act` with the type of an entry of that kind.
template <class Act> Result<Done> with_kind(std::string_view kind, Act act) {
    if (kind == record_of<Technology>().name) return act(static_cast<Technology*>(nullptr));
    if (kind == record_of<Need>().name) return act(static_cast<Need*>(nullptr));
    if (kind == record_of<CapitalOffer>().name) return act(static_cast<CapitalOffer*>(nullptr));
    return Done{};
}

std::string kind_of(const Entry& entry) {
    return std::visit([](const auto& value) { return std::string(record_of<std::decay_t<decltype(value)>>().name); }, entry);
}

} // namespace

Result<Done> PageWriter::write(const oai::PageOfRecords& page, const std::string& walk) {
    std::vector<Prepared> all;
    all.reserve(page.records.size());
    const Parties parties{own_home_, peer_.home, peer_.id.text};
    for (const oai::HarvestedRecord& record : page.records) {
        Prepared& prepared = all.emplace_back(Prepared{&record, {}, {}, {}});
        const std::string home = home_of(record.header.identifier);
        if (record.header.deleted || (!home.empty() && home != peer_.home)) continue; // nothing of it will be stored
        auto entry = entry_of(record, peer_, run_.now());
        if (entry) {
            prepared.entry = std::move(entry).value();
            prepared.twins = TRY(twins_.find(*prepared.entry));
        } else if (entry.error().problems.empty()) {
            prepared.problems.push_back(as_problem(entry.error()));
        } else {
            prepared.problems = std::move(entry.error().problems);
        }
    }
    const std::int64_t named_before = faults_named_;
    auto written = run_.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false; // every version is kept, and the harvest has its own log
        counts_ = harvest_.counts;
        faults_named_ = named_before;
        now_ = run_.now();
        for (const Problem& problem : page.problems) {
            ++counts_.refused;
            TRY(name_fault(transaction, problem.field, {"", problem.code, problem.message, problem.parameters}));
        }
        for (Prepared& prepared : all) {
            ++counts_.records;
            const oai::Header& header = prepared.record->header;
            const auto held = TRY(transaction.find_one<Harvested>("identifier = $1", {header.identifier}));
            std::optional<Held> known;
            if (held) known = Held{held->peer, held->number, held->changed_at, held->deleted};
            const Offered offered{header.identifier, number_of(*prepared.record), header.datestamp, header.deleted};
            switch (judge(parties, offered, known)) {
            case Verdict::create:
            case Verdict::update: TRY(store(transaction, prepared, held)); break;
            case Verdict::erase:
                TRY(withdraw(transaction, header, *held));
                ++counts_.deleted;
                break;
            case Verdict::note_deleted: TRY(transaction.insert(mark(*prepared.record, "", ""))); [[fallthrough]];
            case Verdict::unchanged: ++counts_.unchanged; break;
            case Verdict::returned: ++counts_.returned; break;
            case Verdict::other_home:
                ++counts_.refused;
                TRY(name_fault(transaction, header.identifier,
                    {"", "peer.other_home", "The peer {peer} speaks for {home}, but this record belongs to {other}.",
                        {{"peer", peer_.name}, {"home", peer_.home}, {"other", home_of(header.identifier)}}}));
                break;
            case Verdict::other_peer:
                ++counts_.refused;
                TRY(name_fault(transaction, header.identifier, {"", "peer.other_peer", "Another peer has brought this record already."}));
                break;
            case Verdict::older:
                ++counts_.refused;
                TRY(name_fault(transaction, header.identifier,
                    {"", "peer.older", "What is here is newer (version {here}) than what the peer gives (version {there}).",
                        {{"here", held->number ? std::to_string(*held->number) : to_text(held->changed_at)},
                            {"there", offered.number ? std::to_string(*offered.number) : to_text(offered.changed_at)}}}));
                break;
            }
        }
        ++counts_.pages;
        TRY(transaction.execute("UPDATE peer SET walk = $1 WHERE id = $2", {walk, peer_.id.text}));
        Harvest counted = harvest_;
        counted.counts = counts_;
        return transaction.update(counted);
    });
    if (!written) return written.error();
    harvest_.counts = counts_;
    return Done{};
}

Result<Done> PageWriter::store(Transaction& transaction, Prepared& prepared, const std::optional<Harvested>& held) {
    if (!prepared.entry) {
        ++counts_.refused;
        for (std::size_t i = 0; i < prepared.problems.size() && i < problems_of_record_max; ++i)
            TRY(name_fault(transaction, prepared.record->header.identifier, prepared.problems[i]));
        return Done{};
    }
    if (held && held->kind == kind_of(*prepared.entry)) return update(transaction, prepared, *held);
    return create(transaction, prepared, held);
}

Result<Done> PageWriter::create(Transaction& transaction, Prepared& prepared, const std::optional<Harvested>& held) {
    ++counts_.created;
    return std::visit(
        [&](auto& entry) -> Result<Done> {
            using T = std::decay_t<decltype(entry)>;
            entry.id = run_.caller().new_id<T>();
            entry.state = peer_.trust == Trust::shown ? State::published : State::draft;
            entry.created_at = entry.updated_at = entry.provenance->harvested_at = now_;
            TRY(library::insert_entry(transaction, entry));
            Harvested made = mark(*prepared.record, std::string(record_of<T>().name), entry.id.text);
            if (held) { // it was deleted, or is another kind of thing now
                made.id = held->id;
                TRY(transaction.update(made));
            } else {
                TRY(transaction.insert(made));
            }
            for (Twin twin : prepared.twins) {
                twin.id = run_.caller().new_id<Twin>();
                twin.entry = entry.id.text;
                twin.created_at = now_;
                TRY(transaction.insert(twin));
            }
            return Done{};
        },
        *prepared.entry);
}

Result<Done> PageWriter::update(Transaction& transaction, Prepared& prepared, Harvested held) {
    return std::visit(
        [&](auto& entry) -> Result<Done> {
            using T = std::decay_t<decltype(entry)>;
            const std::optional<T> there = TRY(stored<T>(transaction, held.entry));
            if (!there) return create(transaction, prepared, held); // it went with the sample bank
            ++counts_.updated;
            TRY(library::keep_found(transaction, run_.caller(), library::face_of(*there)));
            entry.id = there->id;
            entry.version = there->version;
            entry.created_at = there->created_at;
            entry.updated_at = entry.provenance->harvested_at = now_;
            // Whether it is shown was decided here; only one that its home had withdrawn comes back as a new one would.
            entry.state = held.deleted ? (peer_.trust == Trust::shown ? State::published : State::draft) : there->state;
            TRY(library::update_entry(transaction, entry));
            TRY(library::keep_version(transaction, run_.caller(), library::face_of(entry), "harvest"));
            Harvested made = mark(*prepared.record, held.kind, held.entry);
            made.id = held.id;
            return transaction.update(made);
        },
        *prepared.entry);
}

Result<Done> PageWriter::withdraw(Transaction& transaction, const oai::Header& header, Harvested held) {
    TRY(with_kind(held.kind, [&]<class T>(T*) -> Result<Done> {
        std::optional<T> entry = TRY(stored<T>(transaction, held.entry));
        if (!entry || entry->state == State::withdrawn) return Done{};
        TRY(library::keep_found(transaction, run_.caller(), library::face_of(*entry)));
        entry->state = State::withdrawn;
        entry->updated_at = now_;
        TRY(library::update_entry(transaction, *entry));
        return library::keep_version(transaction, run_.caller(), library::face_of(*entry), "withdraw",
            sentence("peer.withdrawn", "Withdrawn at its home, {peer}.", {{"peer", peer_.name}}, run_.caller().language));
    }));
    held.deleted = true;
    held.changed_at = header.datestamp;
    held.harvested_at = now_;
    return transaction.update(held);
}

Result<Done> PageWriter::name_fault(Transaction& transaction, const std::string& identifier, const Problem& problem) {
    if (++faults_named_ > faults_named_max) return Done{};
    HarvestFault fault{.id = run_.caller().new_id<HarvestFault>(),
        .harvest = harvest_.id.text,
        .peer = peer_.id.text,
        .identifier = identifier.substr(0, 1000),
        .place = problem.field.substr(0, 200),
        .code = problem.code,
        .sentence = problem.message,
        .parameters = {}};
    for (const Parameter& parameter : problem.parameters) {
        std::string value = parameter.value.substr(0, 500);
        while (!is_utf8(value)) value.pop_back();
        fault.parameters.push_back({parameter.name, std::move(value)});
    }
    return transaction.insert(fault);
}

Harvested PageWriter::mark(const oai::HarvestedRecord& record, const std::string& kind, const std::string& entry) const {
    return {.id = run_.caller().new_id<Harvested>(),
        .peer = peer_.id.text,
        .identifier = record.header.identifier,
        .kind = kind,
        .entry = entry,
        .number = number_of(record),
        .changed_at = record.header.datestamp,
        .harvested_at = now_,
        .deleted = record.header.deleted};
}

Result<Done> remember(Transaction& transaction, const Peer& peer, const Acquaintance& met, Time now) {
    TRY(transaction.execute("UPDATE peer SET repository = $1, home = $2, format = $3, tested_at = $4 WHERE id = $5",
        {met.repository, met.home, std::string(name_of(met.format)), now.microseconds, peer.id.text}));
    return Done{};
}

Result<Done> allow_one_job(Transaction& transaction, const Peer& peer) {
    if (!peer.job) return Done{};
    const auto job = TRY(transaction.find_one<Job>("id = $1", {peer.job->text}));
    if (job && (job->state == JobState::queued || job->state == JobState::running))
        return Error{Failure::conflict, "peer.at_work", "A job is at work on this peer already."};
    return Done{};
}

Result<Done> erase_copy(Transaction& transaction, const Harvested& one) {
    if (one.entry.empty()) return Done{};
    TRY(transaction.execute("DELETE FROM entry_version WHERE entry = $1", {one.entry}));
    TRY(transaction.execute("DELETE FROM twin WHERE entry = $1", {one.entry}));
    return with_kind(one.kind, [&]<class T>(T*) -> Result<Done> {
        const std::optional<T> entry = TRY(stored<T>(transaction, one.entry));
        return entry ? library::erase_entry(transaction, *entry) : Result<Done>(Done{});
    });
}

} // namespace greenbank::peers
