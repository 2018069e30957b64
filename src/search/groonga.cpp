// groonga.cpp — the index: many searches at once, one writer, in small steps between them.
#include "search/groonga.h"

#include <mutex>
#include <shared_mutex>

#include <unicode/uversion.h>

#include "kernel/log.h"
#include "search/folding.h"
#include "search/groonga_search.h"
#include "search/groonga_writer.h"

namespace greenbank::search {

namespace {

constexpr std::size_t documents_at_once = 16; // written while searches wait
constexpr std::size_t documents_many = 100;   // so many leave some memory to be given back
constexpr std::size_t index_large = 20'000;   // documents of an index that keeps it: it is needed again soon

/// Readers and writers in the order they come, so that neither starves.
class Gate {
public:
    std::shared_lock<std::shared_mutex> to_read() {
        const std::lock_guard queue(queue_);
        return std::shared_lock(mutex_);
    }
    std::unique_lock<std::shared_mutex> to_write() {
        const std::lock_guard queue(queue_);
        return std::unique_lock(mutex_);
    }

private:
    std::mutex queue_;
    std::shared_mutex mutex_;
};

class GroongaIndex final : public Index {
public:
    GroongaIndex(std::unique_ptr<Database> database, Knowledge knowledge, const Setup& setup) :
        database_(std::move(database)),
        knowledge_(std::move(knowledge)),
        thesaurus_(std::make_unique<const Thesaurus>(setup.synonyms)),
        frequent_from_(std::max(setup.frequent_from, knowledge_.documents + knowledge_.documents / 2)) {}

    Result<Done> put(std::span<const Document> documents) override {
        bool many = false;
        while (!documents.empty()) {
            const std::size_t count = std::min<std::size_t>(documents.size(), 512);
            TRY(put_some(documents.first(count)));
            documents = documents.subspan(count);
            many = many || count >= documents_many;
        }
        if (!many) return Done{};
        const std::lock_guard writer(writer_);
        const auto lock = gate_.to_write();
        return knowledge_.documents < index_large ? database_->settle() : Done{};
    }

    Result<Done> erase(std::span<const std::string> ids) override {
        const std::lock_guard writer(writer_);
        const auto lock = gate_.to_write();
        Database::Writing writing(*database_);
        const Database::Context context(*database_);
        for (const std::string& id : ids) TRY(Writer(context, *database_, knowledge_).erase(id));
        return writing.done();
    }

    Result<Found> search(const Query& query) override {
        const auto lock = gate_.to_read();
        const Database::Context context(*database_);
        return search::search(opened(context), query);
    }

    Result<std::vector<Suggestion>> suggest(std::string_view text, Language language, std::span<const std::string> visible, std::size_t limit) override {
        const auto lock = gate_.to_read();
        const Database::Context context(*database_);
        return search::suggest(opened(context), text, language, visible, limit);
    }

    Result<Done> learn_synonyms(const Synonyms& synonyms) override {
        auto made = std::make_unique<const Thesaurus>(synonyms); // some milliseconds, in which searches go on
        const auto lock = gate_.to_write();
        thesaurus_.swap(made);
        return Done{};
    }

    Result<Done> clear() override {
        const std::lock_guard writer(writer_);
        const auto lock = gate_.to_write();
        TRY(database_->recreate());
        const Database::Context context(*database_);
        knowledge_ = TRY(learn(context, database_->tables(), database_->rows(), knowledge_.facet_names));
        return Done{};
    }

    std::int64_t size() override {
        const auto lock = gate_.to_read();
        return static_cast<std::int64_t>(knowledge_.documents);
    }

    Result<std::string> remembered(const std::string& name) override {
        const auto lock = gate_.to_read();
        const Database::Context context(*database_);
        const char* value = nullptr;
        std::uint32_t length = 0;
        grn_config_get(context, name.data(), static_cast<int>(name.size()), &value, &length);
        return value == nullptr ? std::string() : std::string(value, length);
    }

    Result<Done> remember(const std::string& name, const std::string& value) override {
        const std::lock_guard writer(writer_);
        Database::Writing writing(*database_); // killed in here, the index is not trusted again
        const auto lock = gate_.to_write();
        const Database::Context context(*database_);
        grn_config_set(context, name.data(), static_cast<int>(name.size()), value.data(), static_cast<int>(value.size()));
        TRY(engine_done(context, "remember something"));
        return writing.done();
    }

private:
    Opened opened(grn_ctx* context) { return {context, database_->tables(), database_->rows(), database_->frequent(), knowledge_, *thesaurus_}; }

    /// All are prepared before the first is written, so that a faulty one changes nothing of these.
    Result<Done> put_some(std::span<const Document> documents) {
        std::vector<Writable> ready;
        ready.reserve(documents.size());
        for (const Document& document : documents) ready.push_back(writable(TRY(prepare(document, knowledge_.facet_names))));
        const std::lock_guard writer(writer_);
        Database::Writing writing(*database_);
        const Database::Context context(*database_);
        Writer out(context, *database_, knowledge_);
        for (std::size_t i = 0; i < ready.size();) {
            const auto lock = gate_.to_write();
            for (const std::size_t end = std::min(i + documents_at_once, ready.size()); i < end; ++i) TRY(out.put(ready[i]));
        }
        if (knowledge_.documents < frequent_from_) return writing.done();
        auto frequent = TRY(out.newly_frequent());
        const auto lock = gate_.to_write();
        for (auto& [unit, made] : frequent) database_->frequent().keep(unit, std::move(made));
        frequent_from_ = knowledge_.documents + knowledge_.documents / 2;
        return writing.done();
    }

    std::unique_ptr<Database> database_;
    std::mutex writer_; // before the gate
    Gate gate_;
    Knowledge knowledge_;                        // changes only within the gate; its facet names never
    std::unique_ptr<const Thesaurus> thesaurus_; // changes only within the gate
    std::size_t frequent_from_;                  // documents from which on to look for frequent units
};

} // namespace

Result<std::unique_ptr<Index>> open_groonga_index(const std::string& directory, const Setup& setup) {
    TRY(load_folding());
    std::vector<std::string> names = TRY(facet_names(setup));
    const std::string version = std::string("icu ") + U_ICU_VERSION + " facets " + join(names, ",");
    std::unique_ptr<Database> database = TRY(Database::open(directory, names.size(), version));
    const auto learned = [&] {
        const Database::Context context(*database);
        return learn(context, database->tables(), database->rows(), names);
    };
    auto knowledge = learned();
    if (!knowledge) { // the store fills it again
        log(Level::warning, "search_index_damaged", fill_in(knowledge.error().message, knowledge.error().parameters));
        TRY(database->recreate());
        knowledge = learned();
        if (!knowledge) return knowledge.error();
    }
    return std::unique_ptr<Index>(std::make_unique<GroongaIndex>(std::move(database), std::move(knowledge).value(), setup));
}

} // namespace greenbank::search
