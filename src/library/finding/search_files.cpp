// search_files.cpp — rows in, an index out; queries in, a run out.
#include "library/finding/search_files.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "kernel/csv.h"
#include "library/finding/finding.h"

namespace greenbank::library {

Record describe(const SearchIndexOptions*) {
    return {"search_index_options", "What is indexed.",
        {field<&SearchIndexOptions::in>(
             "in", "CSV with the columns id, title, text, and optionally lang, field, country, year; - reads standard input.", {.min = 1}),
            field<&SearchIndexOptions::out>("out", "Folder of the index: new, empty, or made by this command.", {.min = 1})}};
}

Record describe(const SearchRunOptions*) {
    return {"search_run_options", "What is looked for.",
        {field<&SearchRunOptions::index>("index", "Folder made by `greenbank library index`.", {.min = 1}),
            field<&SearchRunOptions::queries>("queries", "A line each: query id, tab, text; - reads standard input.", {.min = 1}),
            field<&SearchRunOptions::top>("top", "How many documents for each query.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&SearchRunOptions::out>("out", "Where to write query id, rank, document id, score; standard output without it.", {.defaulted = true})}};
}

namespace {

constexpr std::size_t row_bytes_max = 4U << 20; // of a CSV row, of a query
constexpr std::size_t problems_told_max = 100;
constexpr std::size_t batch_rows = 500, batch_bytes = 4U << 20;
constexpr std::size_t progress_rows = 10'000;
constexpr const char* maker = "greenbank library index 1";

/// A file, read or written; "-" and "" are the standard streams.
class File {
public:
    File(const std::string& path, const char* mode, std::FILE* standard) :
        own_(!path.empty() && path != "-"), file_(own_ ? std::fopen(path.c_str(), mode) : standard) {}
    ~File() {
        if (own_ && file_ != nullptr) std::fclose(file_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    std::FILE* get() const { return file_; }
    bool close() {
        std::FILE* const file = std::exchange(file_, nullptr);
        return std::ferror(file) == 0 && (own_ ? std::fclose(file) : std::fflush(file)) == 0;
    }

private:
    bool own_;
    std::FILE* file_;
};

Error unreadable(const std::string& path) {
    return Error{Failure::unavailable, "library.file_unreadable", "{path} cannot be read: {reason}", {{"path", path}, {"reason", std::strerror(errno)}}};
}

/// Pieces of a stream one by one: lines, or rows of CSV, which may have line breaks within quotes.
class Pieces {
public:
    Pieces(std::FILE* file, bool csv) : file_(file), csv_(csv) {}

    enum class Got { piece, too_long, end };
    /// The next piece without its line break, and in `line` where it begins, from 1. One that is too long comes out empty.
    Got next(std::string& piece, std::size_t& line) {
        piece.clear();
        line = line_;
        bool any = false, too_long = false, cell_begins = true;
        enum class Quote { none, open, perhaps_closed } quote = Quote::none;
        for (int c = get(); c != EOF; c = get()) {
            any = true;
            if (quote == Quote::open) quote = c == '"' ? Quote::perhaps_closed : Quote::open;
            else if (c == '"' && csv_ && (cell_begins || quote == Quote::perhaps_closed)) quote = Quote::open;
            else quote = Quote::none;
            cell_begins = c == ',';
            if (c == '\n') ++line_;
            if (c == '\n' && (quote != Quote::open || too_long)) break; // after a row without end, go on with the next line
            if (piece.size() < row_bytes_max) piece += static_cast<char>(c);
            else too_long = true;
        }
        if (!any) return Got::end;
        if (piece.ends_with('\r')) piece.pop_back();
        if (line == 1 && piece.starts_with("\xEF\xBB\xBF")) piece.erase(0, 3);
        if (too_long) piece.clear();
        return too_long ? Got::too_long : Got::piece;
    }

private:
    int get() {
        if (at_ == end_) {
            end_ = std::fread(buffer_, 1, sizeof buffer_, file_);
            at_ = 0;
            if (end_ == 0) return EOF;
        }
        return static_cast<unsigned char>(buffer_[at_++]);
    }

    std::FILE* file_;
    bool csv_;
    char buffer_[1U << 16];
    std::size_t at_ = 0, end_ = 0, line_ = 1;
};

/// Faulty rows: the first hundred are told, all are counted.
class Refused {
public:
    explicit Refused(Console& console) : console_(console) {}

    void add(std::size_t line, const Problem& problem) {
        ++count_;
        if (count_ <= problems_told_max) console_.aside(fmt::format("line {}: {}\n", line, fill_in(problem.message, problem.parameters)));
        else if (count_ == problems_told_max + 1) console_.aside("More faulty rows are not named.\n");
    }
    void add(std::size_t line, const Error& error) {
        if (error.problems.empty()) add(line, Problem{"", error.code, error.message, error.parameters});
        for (const Problem& problem : error.problems) add(line, problem);
    }
    std::size_t count() const { return count_; }

private:
    Console& console_;
    std::size_t count_ = 0;
};

struct Columns {
    int id, title, text, lang, field, country, year;
};

Result<Columns> columns_of(const Csv& header) {
    const Columns columns{header.column("id"), header.column("title"), header.column("text"), header.column("lang"), header.column("field"),
        header.column("country"), header.column("year")};
    if (columns.id >= 0 && columns.title >= 0 && columns.text >= 0) return columns;
    return Error{
        Failure::invalid, "library.index_columns", "The first line must name the columns id, title and text; lang, field, country and year are optional."};
}

Result<search::Document> document_of(const std::vector<std::string>& cells, const Columns& columns) {
    const auto cell = [&](int column) { return column < 0 ? std::string() : std::string(trim(cells[static_cast<std::size_t>(column)])); };
    search::Document document{.id = cell(columns.id), .kind = "document", .title = {}, .summary = {}, .body = cell(columns.text)};
    if (document.id.empty()) return Error{Failure::invalid, "library.index_id_missing", "The id is missing."};
    if (document.id.find_first_of("\t\n\r") != std::string::npos)
        return Error{Failure::invalid, "library.index_id_broken", "An id has neither tabs nor line breaks."};
    Language language = Language::zh;
    if (const std::string lang = cell(columns.lang); !lang.empty()) {
        const auto known = parse_language(lang);
        if (!known) return Error{Failure::invalid, "library.index_language", "{lang} is not a language of the bank: zh, en or ru.", {{"lang", lang}}};
        language = *known;
    }
    document.title.in(language) = cell(columns.title);
    const std::string year = cell(columns.year);
    int number = 0;
    if (const auto read = std::from_chars(year.data(), year.data() + year.size(), number);
        !year.empty() && (read.ec != std::errc() || read.ptr != year.data() + year.size()))
        return Error{Failure::invalid, "library.index_year", "{year} is not a year.", {{"year", year}}};
    document.updated_at = number;
    for (const auto& [facet, value] : {std::pair{"field", cell(columns.field)}, {"country", cell(columns.country)}, {"year", year}})
        if (!value.empty()) document.facets.emplace_back(facet, value);
    return document;
}

Result<Done> may_be_filled(const std::string& folder) {
    std::error_code problem;
    const bool there = std::filesystem::exists(folder, problem);
    if (!there ||
        (std::filesystem::is_directory(folder, problem) && (std::filesystem::is_empty(folder, problem) || std::filesystem::exists(folder + "/state", problem))))
        return Done{};
    return Error{Failure::conflict, "library.index_folder", "{path} holds something else; name a new or empty folder.", {{"path", folder}}};
}

search::Setup setup_with(const search::Synonyms& synonyms) { return {.facets = {"field", "country", "year"}, .synonyms = synonyms}; }

} // namespace

Result<int> search_index(const SearchIndexOptions& options, const search::Synonyms& synonyms, const OpenIndex& open, Console& console) {
    File in(options.in, "rb", stdin);
    if (in.get() == nullptr) return unreadable(options.in);
    Pieces rows(in.get(), true);
    std::string row;
    std::size_t line = 0;
    if (rows.next(row, line) != Pieces::Got::piece) return Error{Failure::invalid, "csv.empty", "The file is empty; its first line must name the columns."};
    const std::string header = row;
    const Columns columns = TRY(columns_of(TRY(parse_csv(header))));

    TRY(may_be_filled(options.out));
    const search::Setup setup = setup_with(synonyms);
    const std::unique_ptr<search::Index> index = TRY(open(options.out, setup));
    TRY(index->clear());
    std::vector<search::Document> batch;
    std::size_t bytes = 0, good = 0, told = 0;
    Refused refused(console);
    const auto flush = [&]() -> Result<Done> {
        TRY(index->put(batch));
        batch.clear();
        bytes = 0;
        if (good / progress_rows != told) told = good / progress_rows, console.aside(fmt::format("{} rows indexed\n", good));
        return Done{};
    };
    for (Pieces::Got got = rows.next(row, line); got != Pieces::Got::end; got = rows.next(row, line)) {
        if (got == Pieces::Got::too_long) {
            refused.add(line, Problem{"", "library.row_too_long", "The row is longer than {bytes} bytes, or a quote is not closed.",
                                  {{"bytes", std::to_string(row_bytes_max)}}});
            continue;
        }
        if (trim(row).empty()) continue;
        auto read = parse_csv(header + "\n" + row);
        if (!read) {
            refused.add(line, read.error());
            continue;
        }
        if (read.value().rows.empty()) continue;
        auto document = document_of(read.value().rows.front(), columns);
        if (!document) {
            refused.add(line, document.error());
            continue;
        }
        if (auto fits = search::check(document.value(), setup); !fits) { // one that is refused must not cost the others of its batch
            refused.add(line, fits.error());
            continue;
        }
        ++good;
        bytes += row.size();
        batch.push_back(std::move(document).value());
        if (batch.size() == batch_rows || bytes > batch_bytes) TRY(flush());
    }
    if (std::ferror(in.get()) != 0) return unreadable(options.in);
    TRY(flush());
    TRY(index->remember("made_by", maker));
    const auto documents = static_cast<std::size_t>(index->size());
    console.out(fmt::format("{} documents indexed from {} rows.\n", documents, good + refused.count()));
    if (documents < good) console.aside(fmt::format("{} rows repeat an id: of each id the last row holds.\n", good - documents));
    if (refused.count() == 0) return 0;
    return Error{Failure::invalid, "library.rows_refused", "{count} faults were found; rows with faults are not in the index.",
        {{"count", std::to_string(refused.count())}}};
}

Result<int> search_run(const SearchRunOptions& options, const search::Synonyms& synonyms, const OpenIndex& open, Console& console) {
    std::error_code problem;
    const Error missing{Failure::not_found, "library.index_missing", "{path} holds no index made by `greenbank library index`.", {{"path", options.index}}};
    if (!std::filesystem::exists(options.index + "/state", problem)) return missing;
    File in(options.queries, "rb", stdin);
    if (in.get() == nullptr) return unreadable(options.queries);
    const std::unique_ptr<search::Index> index = TRY(open(options.index, setup_with(synonyms)));
    if (TRY(index->remembered("made_by")) != maker) return missing;
    File out(options.out, "wb", stdout);
    if (out.get() == nullptr)
        return Error{
            Failure::unavailable, "library.file_unwritable", "{path} cannot be written: {reason}", {{"path", options.out}, {"reason", std::strerror(errno)}}};

    Pieces lines(in.get(), false);
    Refused refused(console);
    std::string query;
    std::size_t line = 0, asked = 0;
    for (Pieces::Got got = lines.next(query, line); got != Pieces::Got::end; got = lines.next(query, line)) {
        if (got == Pieces::Got::piece && query.empty()) continue;
        const std::size_t tab = query.find('\t');
        if (got == Pieces::Got::too_long || tab == std::string::npos || tab == 0 || !is_utf8(query)) {
            refused.add(line, Problem{"", "library.query_line", "A query is an id, a tab and a text in UTF-8."});
            continue;
        }
        // A query of a file is finished: its last word is not the beginning of one.
        const search::Found found =
            TRY(index->search({.text = query.substr(tab + 1) + " ", .visible = {"public"}, .limit = static_cast<std::size_t>(options.top)}));
        for (std::size_t rank = 0; rank < found.hits.size(); ++rank)
            fmt::print(out.get(), "{}\t{}\t{}\t{:.6f}\n", std::string_view(query).substr(0, tab), rank + 1, found.hits[rank].id, found.hits[rank].score);
        if (++asked % progress_rows == 0) console.aside(fmt::format("{} queries asked\n", asked));
    }
    if (std::ferror(in.get()) != 0) return unreadable(options.queries);
    if (!out.close())
        return Error{
            Failure::storage_full, "library.file_unwritable", "{path} cannot be written: {reason}", {{"path", options.out}, {"reason", std::strerror(errno)}}};
    if (refused.count() == 0) return 0;
    return Error{Failure::invalid, "library.queries_refused", "{count} lines are not queries and were left out.", {{"count", std::to_string(refused.count())}}};
}

} // namespace greenbank::library
