// harvester.h — the harvester's side of OAI-PMH 2.0: what to ask a peer, and what its answers say. Addresses and texts only; who
// fetches is elsewhere. What may differ among peers is taken as it comes; what could harm is refused.
#pragma once

#include "oai/dublin_core.h"
#include "oai/tree.h"

namespace greenbank::oai {

// What to ask: addresses to GET.

struct HarvestRequest {
    std::string base_url;
    std::string format = std::string(dublin_core_prefix);
    std::string set = {}; // empty for all
    std::optional<Time> from = {}, until = {};
    Granularity granularity = Granularity::second; // the peer's
};

std::string identify_request(std::string_view base_url);
std::string formats_request(std::string_view base_url);
/// The first page of ListRecords.
std::string first_request(const HarvestRequest& request);
std::string next_request(std::string_view base_url, std::string_view token);

// What it answers. Errors a peer reports come as Error "oai.peer_refused" with its code and sentence, an unknown or expired token
// as "oai.peer_token": then the list is begun again.

enum class DeletedRecord { no, transient, persistent };

struct Peer {
    std::string name;
    std::string host; // the middle of its identifiers, where it says so (oai-identifier.xsd)
    std::vector<std::string> admin_emails;
    Time earliest;
    DeletedRecord deleted_record = DeletedRecord::no;
    Granularity granularity = Granularity::second;
};

Result<Peer> read_identity(std::string_view xml);
Result<std::vector<Format>> read_formats(std::string_view xml);

struct ReadSettings {
    std::string full_space;          // namespace of the full format, for read_tree()
    std::size_t records_max = 5'000; // of one page
    xml::Limits limits = {};
};

struct HarvestedRecord {
    Header header;
    std::optional<DublinCore> dublin_core; // one of the two, or neither where the format is another or the record is deleted
    std::optional<Tree> full;              // named as its element is: the kind of record
};

struct PageOfRecords {
    std::vector<HarvestedRecord> records;
    /// What is wrong with records that were left out; `field` is the identifier or "record 3".
    Problems problems;
    std::string token; // for the next page; empty at the end
    std::optional<std::int64_t> complete_size;
    std::optional<Time> response_date; // by the peer's clock
};

/// An answer to ListRecords. Where no records match the page is empty. One record that is wrong (no sound identifier or
/// datestamp, a datestamp more than a day after the response, twice in the page, metadata that cannot be read) is a problem and
/// the others stand; a page that is no answer at all is an Error.
Result<PageOfRecords> read_page(std::string_view xml, const ReadSettings& settings);

/// How far a harvest is. Plain values, so that a job can keep them; a new list begins with a new Walk.
struct Walk {
    std::string token;                 // to ask next; empty before the first page and at the end
    std::optional<Time> response_date; // of the first page: `from` of the next harvest
    std::int64_t pages = 0, records = 0;
    // Brent's cycle finding (1980): one remembered token finds every loop within three times its length.
    std::string remembered_token = {};
    std::int64_t steps = 0, steps_max = 1;
};

struct WalkLimits {
    std::int64_t pages_max = 100'000, records_max = 20'000'000;
};

/// Goes on after a page: true where walk.token is to be asked next. A token that comes again and a list without end are errors.
Result<bool> advance(Walk& walk, const PageOfRecords& page, const WalkLimits& limits = {});

} // namespace greenbank::oai
