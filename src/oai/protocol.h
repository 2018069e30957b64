// protocol.h — words of OAI-PMH 2.0 (openarchives.org/OAI/2.0/openarchivesprotocol.htm) that both sides speak.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::oai {

constexpr std::string_view protocol_space = "http://www.openarchives.org/OAI/2.0/";
constexpr std::string_view schema_instance_space = "http://www.w3.org/2001/XMLSchema-instance";

/// The arguments of a request in their order, repeats included; a POST body and a query look the same (clause 3.1.1).
using Arguments = std::vector<std::pair<std::string, std::string>>;

/// Reads `verb=Identify&…` (application/x-www-form-urlencoded). Broken percent escapes, bytes that are no UTF-8 and more
/// than 50 arguments are an error.
Result<Arguments> read_arguments(std::string_view query);
std::string write_arguments(const Arguments& arguments);

/// How finely a repository tells time (clause 3.3.1); finer parts of a Time are cut off.
enum class Granularity { day, second };

struct Datestamp {
    Time time; // the beginning of the day or of the second
    Granularity granularity = Granularity::second;

    /// The first moment after this day or second: `until` includes its whole granule.
    Time end() const { return time + (granularity == Granularity::day ? days(1) : seconds(1)); }
};

/// Exactly YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.
std::optional<Datestamp> parse_datestamp(std::string_view text);
std::string write_datestamp(Time time, Granularity granularity = Granularity::second);

/// `oai:<host>:<id>` (Specification of the OAI Identifier Format 2.0); characters of the id that a URI may not hold are escaped.
std::string make_identifier(std::string_view host, std::string_view id);
/// The id behind `oai:<host>:`; nothing for an identifier of another host.
std::optional<std::string> id_of_identifier(std::string_view identifier, std::string_view host);
/// A domain name as the schema oai-identifier.xsd wants it: with a dot, so not "localhost".
bool is_repository_identifier(std::string_view host);

bool is_metadata_prefix(std::string_view text); // letters, digits and - _ . ! ~ * ' ( )
bool is_set_spec(std::string_view text);        // such words with colons between them

} // namespace greenbank::oai
