// repository.h — what the provider asks of whoever owns the records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oai/protocol.h"

namespace greenbank::oai {

struct Identity {
    std::string name;
    std::vector<std::string> admin_emails; // at least one, and somebody reads it
    Time earliest;                         // no record has an earlier datestamp, ever
    std::string host;                      // the middle of identifiers
    std::string sample_identifier;         // of a record that is there, if there is one
};

struct Format {
    std::string prefix;
    std::string schema; // address of the XML schema
    std::string space;  // XML namespace
};

struct Set {
    std::string spec, name;
    std::string description = {}; // plain text; empty for none
};

struct Header {
    std::string identifier; // from make_identifier()
    Time datestamp;         // of the last change, deletion included
    bool deleted = false;   // for ever: a tombstone stays in every list
    std::vector<std::string> sets = {};

    bool operator==(const Header&) const = default;
};

struct Item {
    Header header;
    std::string metadata; // one XML element with its namespaces; empty where only headers are asked or the record is deleted
};

/// `from` included, `before` excluded; all records where nothing is said.
struct Selection {
    std::optional<Time> from, before;
    std::string set; // this set and, with a colon behind it, those below it; empty for all

    bool operator==(const Selection&) const = default;
};

/// A place in the order of all lists: by datestamp to the microsecond, then by identifier byte by byte.
struct Position {
    Time datestamp;
    std::string identifier;

    auto operator<=>(const Position&) const = default;
};

/// Every record is there in every format. A datestamp that becomes visible must not be older than one seen before, or
/// harvesters that passed that point never see the record: give datestamps in the order of commits.
class Repository {
public:
    virtual ~Repository() = default;

    virtual Result<Identity> identify() const = 0;
    virtual Result<std::vector<Format>> formats() const = 0; // oai_dc among them
    virtual Result<std::vector<Set>> sets() const = 0;
    /// The first `limit` records of the selection behind `after`, in order, with metadata in `format` or, where that is
    /// empty, without.
    virtual Result<std::vector<Item>> find(
        const Selection& selection, const std::optional<Position>& after, std::size_t limit, std::string_view format) const = 0;
    virtual Result<std::int64_t> count(const Selection& selection) const = 0;
    /// Nothing where no such record ever was.
    virtual Result<std::optional<Item>> get(std::string_view identifier, std::string_view format) const = 0;
};

} // namespace greenbank::oai
