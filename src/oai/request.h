// request.h — the arguments of a request checked against the protocol: a request to carry out, or all that is wrong with it.
#pragma once

#include <string_view>
#include <vector>

#include "oai/token.h"

namespace greenbank::oai {

/// One `error` element of an answer (clause 3.6): these are for harvesters, in the protocol's language.
struct ProtocolError {
    std::string code; // "badArgument"
    std::string message;
};
using ProtocolErrors = std::vector<ProtocolError>;

struct Request {
    Verb verb = Verb::identify;
    std::string identifier, format;
    Selection selection;
    std::string token; // alone where it is there
};

std::string_view name_of(Verb verb);
std::optional<Verb> parse_verb(std::string_view name);

/// Fills `request`; what is wrong is added to `errors`.
void check_arguments(const Arguments& arguments, Request& request, ProtocolErrors& errors);

} // namespace greenbank::oai
