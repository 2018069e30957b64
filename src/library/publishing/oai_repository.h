// oai_repository.h — published and withdrawn entries as OAI-PMH wants them: in the order of their changes, deletes for ever.
#pragma once

#include "library/publishing/publication.h"
#include "oai/repository.h"

namespace greenbank::library {

inline constexpr std::string_view full_format_prefix = "greenbank";
inline constexpr std::string_view full_format_space = "https://greenbank.example/schemas/entry/1";
// What the full format says beside the entry's own fields.
inline constexpr std::string_view page_member = "page", holder_name_member = "holder_name";

class OaiRepository final : public oai::Repository {
public:
    /// Entries that changed less than ten seconds before `now` wait for the next harvest: their transactions may still be
    /// overtaken by one that began earlier.
    OaiRepository(Store& store, const PublicAddress& address, Time now) : store_(store), address_(address), now_(now) {}

    /// The moment whose state is told. Harvesters begin their next harvest at the date of an answer: it must not be later than this,
    /// or what waits now would never be seen.
    Time as_of() const;

    Result<oai::Identity> identify() const override;
    Result<std::vector<oai::Format>> formats() const override;
    Result<std::vector<oai::Set>> sets() const override;
    Result<std::vector<oai::Item>> find(
        const oai::Selection& selection, const std::optional<oai::Position>& after, std::size_t limit, std::string_view format) const override;
    Result<std::int64_t> count(const oai::Selection& selection) const override;
    Result<std::optional<oai::Item>> get(std::string_view identifier, std::string_view format) const override;

private:
    struct Selected {
        std::string sql;
        std::vector<Value> parameters;
    };
    Selected selected(const oai::Selection& selection) const;
    Result<oai::Item> item(Transaction& transaction, const std::vector<Value>& row, std::string_view format) const;
    Result<std::string> metadata(Transaction& transaction, const std::string& kind, const std::string& id, std::string_view format) const;

    Store& store_;
    const PublicAddress& address_;
    Time now_;
};

} // namespace greenbank::library
