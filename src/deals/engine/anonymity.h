// anonymity.h — does a text tell who wrote it? Before both sides are named, texts may carry no name, address, link or number to call
// (the profile rules of technology brokerage: facts.md 2.3). Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"

namespace greenbank::deals {

enum class Trace { name, mail, link, telephone };

/// What gives the writer away, each kind once, in the order above. `names` are those of the organisation, in any language; case, spaces
/// and punctuation make no difference, and what a firm's form adds ("Ltd") need not stand there.
std::vector<Trace> traces_in(std::string_view text, std::span<const std::string> names);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::Trace> {
    static constexpr std::string_view name = "trace";
    static constexpr std::string_view values[] = {"name", "mail", "link", "telephone"};
};
} // namespace greenbank
