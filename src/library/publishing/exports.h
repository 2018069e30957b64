// exports.h — any list or search as xlsx, CSV or JSON: rows go to a file as they are read, and from there to the caller.
#pragma once

#include "api/call.h"
#include "library/library.h"
#include "search/search.h"

namespace greenbank::library {

enum class ExportFormat { xlsx, csv, json };

/// The list's own filters and order, and a format; the list's pages are read one after the other.
template <class T> struct ExportOf {
    ListOf<T> list;
    ExportFormat format = ExportFormat::xlsx;
};

/// Writes rows of one record; made, filled and finished within one request.
class ExportFile {
public:
    virtual ~ExportFile() = default;
    virtual Result<Done> row(const void* value) = 0;
    /// The answer, which removes the file when it has been sent.
    virtual Result<Response> finish() = 0;
};
Result<std::unique_ptr<ExportFile>> make_export(const Record& record, ExportFormat format, const Caller& caller);

constexpr std::int64_t export_page_rows = 500;
constexpr std::int64_t export_rows_max = 1'000'000; // of one file; a spreadsheet holds 1,048,576

/// Page after page by the list's own cursor, each in a snapshot of its own, so that a long export holds nobody up.
template <class T> Result<Response> export_list(
    Store& store, const Caller& caller, const ExportOf<T>& asked, Result<Page<T>> (*list)(Transaction&, const Caller&, const ListOf<T>&)) {
    const auto file = TRY(make_export(record_of<T>(), asked.format, caller));
    ListOf<T> page_asked = asked.list;
    page_asked.limit = export_page_rows;
    for (std::int64_t rows = 0; rows < export_rows_max; rows += export_page_rows) {
        Page<T> page;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> { return page = TRY(list(transaction, caller, page_asked)), Done{}; }));
        for (const T& one : page.items) TRY(file->row(&one));
        if (!page.next) break;
        page_asked.cursor = *page.next;
    }
    return file->finish();
}

Result<ExportFormat> take_format(Request& request);

std::vector<Endpoint> export_endpoints(search::Index& index);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::ExportFormat> {
    static constexpr std::string_view name = "export_format";
    static constexpr std::string_view values[] = {"xlsx", "csv", "json"};
};
namespace detail {
template <class T> struct Read<library::ExportOf<T>> {
    static void describe(Handler& handler) {
        Read<ListOf<T>>::describe(handler);
        handler.file_types = "xlsx, csv, json";
    }
    static Result<library::ExportOf<T>> from(const Request& request) {
        Request list = request;
        auto format = library::take_format(list);
        if (!format) return format.error();
        auto read = Read<ListOf<T>>::from(list);
        if (!read) return read.error();
        return library::ExportOf<T>{std::move(read).value(), format.value()};
    }
};
} // namespace detail
} // namespace greenbank
