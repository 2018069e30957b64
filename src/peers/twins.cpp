// twins.cpp — the duplicate finder of imports, asked about harvested entries.
#include "peers/twins.h"

#include "library/imports/import_kinds.h"

namespace greenbank::peers {

using library::ImportKind;

Result<std::vector<Twin>> Twins::find(const Entry& entry) {
    constexpr std::size_t told_max = 3;
    constexpr ImportKind kinds[] = {ImportKind::technology, ImportKind::need, ImportKind::capital_offer};
    Kind& kind = kinds_[entry.index()];
    const library::ImportKindRow& row = library::import_kind(kinds[entry.index()]);
    // Holders are other organisations in each bank, so titles are compared whosever they are: a person decides.
    const auto likely_of = [&](const void* value) {
        library::Likely likely = row.likely(value);
        likely.owner.clear();
        return likely;
    };
    if (!kind.filled) {
        const Field& peer = *row.record().find("peer");
        TRY(row.for_all(store_, [&](const void* value) -> Result<Done> {
            if (peer.get(value)) return Done{};
            kind.index.add(kind.locals.size(), likely_of(value));
            kind.locals.push_back({row.id(value), row.title(value)});
            return Done{};
        }));
        kind.filled = true;
    }
    std::vector<Twin> twins;
    std::visit(
        [&](const auto& value) {
            for (const library::Alike& alike : kind.index.find(likely_of(&value))) {
                if (twins.size() == told_max) return;
                const Local& local = kind.locals[alike.entry];
                Twin& twin = twins.emplace_back();
                twin.kind = row.record().name;
                twin.other = local.id;
                twin.other_title = local.title;
                twin.entry_title = value.title;
                twin.peer = value.provenance->peer;
                twin.peer_name = value.provenance->peer_name;
                twin.likeness = static_cast<ImportLikeness>(alike.likeness);
                twin.similarity = alike.similarity;
            }
        },
        entry);
    return twins;
}

} // namespace greenbank::peers
