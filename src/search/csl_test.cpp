// Quality on real Chinese texts: 1,000 abstracts of CSL (Li et al., 2022) with titles and keywords as queries.
#include <doctest/doctest.h>

#include <fstream>

#include <SimpleConverter.hpp>

#include "search/try_index.h"

namespace greenbank::search {

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows read_tsv(const std::string& path) {
    Rows rows;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        if (const std::size_t tab = line.find('\t'); tab != std::string::npos) rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    return rows;
}

/// Mean reciprocal rank of the one right answer among the first ten.
double mean_reciprocal_rank(Index& index, const Rows& queries, const opencc::SimpleConverter* convert = nullptr) {
    double sum = 0;
    for (const auto& [id, text] : queries) {
        const Found found = must(index.search({.text = convert != nullptr ? convert->Convert(text) : text, .visible = {"public"}, .limit = 10}));
        for (std::size_t i = 0; i < found.hits.size(); ++i)
            if (found.hits[i].id == id) sum += 1 / static_cast<double>(i + 1);
    }
    return sum / static_cast<double>(queries.size());
}

} // namespace

TEST_CASE("known abstracts are found by their titles and keywords, in either script") {
    const std::string folder = "../shared/data/search/csl/";
    const Rows abstracts = read_tsv(folder + "docs.dev.tsv");
    if (abstracts.empty()) {
        MESSAGE("skipped: the CSL abstracts are not in " << folder);
        return;
    }
    TemporaryDirectory directory;
    const auto index = must(open_groonga_index(directory / "index", {}));
    std::vector<Document> documents;
    for (const auto& [id, text] : abstracts) documents.push_back({.id = id, .kind = "abstract", .title = {}, .summary = {}, .body = text});
    must(index->put(documents));

    const opencc::SimpleConverter traditional("s2t.json");
    for (const std::string kind : {"title", "keywords"}) {
        const Rows queries = read_tsv(folder + "queries." + kind + ".dev.tsv");
        const double plain = mean_reciprocal_rank(*index, queries), converted = mean_reciprocal_rank(*index, queries, &traditional);
        MESSAGE("MRR@10 by " << kind << ": " << plain << ", typed in Traditional: " << converted);
        CHECK(plain >= 0.97);
        CHECK(converted >= plain - 0.005);
    }
}

} // namespace greenbank::search
