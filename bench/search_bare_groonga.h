// search_bare_groonga.h — Groonga as it comes: TokenBigram, its own select with scores and drilldown, through libgroonga.
#pragma once

#include <groonga.h>

#include "search_peers.h"

namespace greenbank::bench {

class BareGroonga final : public Peer {
public:
    explicit BareGroonga(const std::string& directory) : directory_(directory) {
        std::filesystem::create_directories(directory);
        grn_init();
        context_ = grn_ctx_open(0);
        database_ = grn_db_create(context_, (directory + "/db").c_str(), nullptr);
        if (database_ == nullptr) database_ = grn_db_open(context_, (directory + "/db").c_str());
    }
    ~BareGroonga() override {
        grn_obj_close(context_, database_);
        grn_ctx_close(context_);
    }
    BareGroonga(const BareGroonga&) = delete;

    const char* name() const override { return "bare Groonga"; }

    void fill(const Records& records, std::size_t count) override {
        if (grn_ctx_get(context_, "Records", -1) != nullptr) return; // from an earlier run
        command("table_create Records TABLE_HASH_KEY ShortText");
        for (const char* column : {"title", "summary", "body"}) command(std::string("column_create Records ") + column + " COLUMN_SCALAR Text");
        for (const char* facet : facet_names) {
            command(std::string("table_create ") + facet + "_values TABLE_HASH_KEY ShortText");
            command(std::string("column_create Records ") + facet + " COLUMN_SCALAR " + facet + "_values");
        }
        command("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerNFKC130");
        command("column_create Terms records COLUMN_INDEX|WITH_POSITION|WITH_SECTION Records title,summary,body");
        std::string batch;
        for (std::size_t i = 0; i < count; ++i) {
            const Document d = records.make(i);
            batch += batch.empty() ? "[" : ",";
            batch += "{\"_key\":" + json(d.id) + ",\"title\":" + json(all_titles(d)) + ",\"summary\":" + json(all_summaries(d)) + ",\"body\":" + json(d.body) +
                     ",\"kind\":" + json(d.kind);
            for (const auto& [facet, value] : d.facets) batch += "," + json(facet) + ":" + json(value);
            batch += "}";
            if (i + 1 != count && batch.size() < 1'000'000) continue;
            send("load --table Records", true);
            send(batch + "]", false);
            batch.clear();
        }
    }

    std::int64_t ask(const Asked& asked, bool facets) override {
        std::string query;
        for (const std::string& text : {asked.zh, asked.words})
            if (!text.empty() && !pairs_of(text).empty()) query += " \"" + text + "\"";
            else query += " " + text;
        std::string line = "select Records --match_columns " + json("title*4||summary*2||body") + " --query " + json(query.substr(1)) +
                           " --sort_keys -_score --limit 20 --output_columns _key,title,summary,_score";
        if (facets) line += " --drilldown kind,field,country,class,readiness --drilldown_sort_keys -_nsubrecs --drilldown_limit 500";
        const std::string answer = command(line);
        const std::size_t at = answer.find("[[[");
        return at == std::string::npos ? 0 : std::atoll(answer.c_str() + at + 3);
    }

    std::string size() override { return std::to_string(directory_bytes(directory_) / 1'000'000) + " MB with records"; }

private:
    static std::string json(std::string_view text) {
        std::string out = "\"";
        for (const char c : text)
            if (c == '"' || c == '\\') (out += '\\') += c;
            else out += c == '\n' ? ' ' : c;
        return out + '"';
    }
    std::string send(const std::string& line, bool more) {
        grn_ctx_send(context_, line.data(), static_cast<unsigned>(line.size()), more ? GRN_CTX_MORE : 0);
        if (more) return "";
        char* text = nullptr;
        unsigned size = 0;
        int flags = 0;
        grn_ctx_recv(context_, &text, &size, &flags);
        if (context_->rc != GRN_SUCCESS) std::fprintf(stderr, "Groonga: %s\n", context_->errbuf), std::exit(1);
        return {text, size};
    }
    std::string command(const std::string& line) { return send(line, false); }

    std::string directory_;
    grn_ctx* context_ = nullptr;
    grn_obj* database_ = nullptr;
};

} // namespace greenbank::bench
