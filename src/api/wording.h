// wording.h — the words of one document or table in one language: of a key, of a record's field, of a choice.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "api/words.h"
#include "kernel/record.h"

namespace greenbank {

class Wording {
public:
    explicit Wording(Language language) : language_(language) {}

    std::string say(std::string_view key) const { return word(key, language_); }
    std::string label(std::string_view record, std::string_view field) const { return say(fmt::format("field.{}.{}", record, field)); }
    template <class E> std::string choice(E value) const { return say(fmt::format("choice.{}.{}", Choices<E>::name, greenbank::name_of(value))); }

protected:
    Language language_;
};

} // namespace greenbank
