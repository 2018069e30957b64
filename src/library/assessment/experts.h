// experts.h — people whose judgement the bank asks for: what they know, when they are free, what they have an interest in.
#pragma once

#include "library/assessment/steps.h"
#include "library/entries.h"

namespace greenbank::library {

/// An interest that an expert declares; it keeps the expert off panels on what that organisation owns.
struct DeclaredInterest {
    std::optional<Id<Organisation>> organisation;
    Text nature; // "adviser since 2024", and whose, where the organisation is not in the bank
};
Record describe(const DeclaredInterest*);

struct Expert {
    static constexpr std::string_view id_prefix = "expert";
    Id<Expert> id;
    Text name, post;
    std::optional<Id<Organisation>> organisation;
    Text affiliation;                          // where the organisation is not in the bank
    std::optional<Id<parties::Person>> person; // the account that accepts and scores; not public
    Text about;
    std::vector<TechnologyField> fields;
    std::vector<std::string> classes;
    std::vector<std::string> languages; // ISO 639-1
    std::string country;
    std::optional<Date> available_from, available_until;
    std::optional<std::int64_t> hours_a_month;
    std::vector<DeclaredInterest> interests; // not public
    Keywords keywords;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Expert*);

/// The bank and the expert know all of an entry.
bool knows_all(const Caller& caller, const Expert& expert);
/// Without what is not public.
Expert public_face(Expert expert);

/// Published ones without what is private; for staff of the bank all.
Result<Page<Expert>> experts_seen(Transaction& transaction, const Caller& caller, const ListOf<Expert>& list);

std::vector<Endpoint> expert_endpoints();

} // namespace greenbank::library
