// disclosure.h — who may see which field: a public teaser, what the bank's advisers see, what opens with a non-disclosure
// agreement, and what the owner shows only to parties it admits (the staged disclosure of technology brokerage: facts.md 2.3).
// Pure: works on any described record; who the viewer is, and which day it is, are the caller's business.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::library {

/// In order: whoever may see one stage may see all before it.
enum class Disclosure { public_, adviser, agreement, full };

/// The owner's word on one field of one entry: from which stage on it is shown.
struct FieldStage {
    std::string field;
    std::optional<std::string> item; // of a list by indicator: only what says this indicator
    Disclosure stage = Disclosure::agreement;
};
Record describe(const FieldStage*);

/// The law of the catalogue on one field: its stage unless the owner raises it, and whether the owner may.
struct FieldRule {
    std::string record, field;
    Disclosure stage = Disclosure::public_;
    bool movable = false;
    std::string follows;                    // a field that says nothing without this one, or would give it away: never shown before it
    Disclosure least = Disclosure::public_; // its stage, or that of what it follows, where no owner raises any; the law works it out
};

class DisclosureLaw {
public:
    DisclosureLaw() = default;
    explicit DisclosureLaw(std::vector<FieldRule> rules);

    const FieldRule* find(std::string_view record, std::string_view field) const;
    /// The rules of one record, by field.
    std::span<const FieldRule> of(std::string_view record) const;

    /// The stage from which on the whole field is shown. Fields without a rule are public.
    Disclosure stage_of(std::string_view record, std::string_view field, std::span<const FieldStage> raised) const;
    /// The same of one item of a list: never before the list itself.
    Disclosure stage_of_item(std::string_view record, std::string_view field, std::string_view item, std::span<const FieldStage> raised) const;

    /// One problem for each row that names no field, lowers a stage, moves what must stay, or says the same thing twice.
    void check(const Record& record, std::span<const FieldStage> raised, std::string_view path, Problems& problems) const;

private:
    std::vector<FieldRule> rules_; // by record and field: every entry that is shown asks for each of its fields
};

/// Takes out of a record whatever is shown only after `viewer`: an optional becomes absent, a list empty, anything else
/// its initial value; of a list with an indicator, single items. `raised` is what the entry's owner said.
void mask(const DisclosureLaw& law, const Record& record, void* value, std::span<const FieldStage> raised, Disclosure viewer);

/// What a viewer of that stage sees of the record and a stranger does not: "capital_cost", "figures:capex". Empty where the
/// values are absent anyway.
std::vector<std::string> opened(const DisclosureLaw& law, const Record& record, const void* value, std::span<const FieldStage> raised, Disclosure viewer);

/// Both owners' words, the stricter one where they differ: an old version shows nothing that is hidden today, nor what was
/// hidden when it was made.
std::vector<FieldStage> stricter(std::span<const FieldStage> one, std::span<const FieldStage> other);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::Disclosure> {
    static constexpr std::string_view name = "disclosure";
    static constexpr std::string_view values[] = {"public", "adviser", "agreement", "full"};
};
} // namespace greenbank
