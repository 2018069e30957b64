// A table of 100,000 rows and 20 columns written and read, beside the naive way: the whole workbook as a DOM, the whole file in memory.
//   sheets_bench FOLDER [rows]      each step in a process of its own, so that its memory is seen
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <pugixml.hpp>
#include <xlsxwriter.h>
#include <zip.h>

#include "kernel/csv.h"
#include "kernel/random.h"
#include "sheets/sheets.h"

namespace greenbank::sheets {
namespace {

constexpr std::size_t columns_count = 20;

struct Cost {
    double seconds = 0; // of CPU
    double mebibytes = 0;
    std::string said;
};

/// The work in a child: its CPU and its largest resident memory; what it prints is handed back.
template <class Work> Cost cost_of(Work work) {
    int pipes[2];
    require(pipe(pipes) == 0, "no pipe");
    const pid_t child = fork();
    require(child >= 0, "no fork");
    if (child == 0) {
        const std::string said = work();
        _exit(write(pipes[1], said.data(), said.size()) == static_cast<ssize_t>(said.size()) ? 0 : 1);
    }
    close(pipes[1]);
    Cost cost;
    char buffer[256];
    for (ssize_t got; (got = read(pipes[0], buffer, sizeof buffer)) > 0;) cost.said.append(buffer, static_cast<std::size_t>(got));
    close(pipes[0]);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    require(status == 0, "a step of the benchmark failed");
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    cost.seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
    cost.mebibytes = static_cast<double>(used.ru_maxrss) / 1024;
    return cost;
}

/// Best of three, in CPU.
template <class Work> Cost best_of(Work work) {
    Cost best = cost_of(work);
    for (int i = 0; i < 2; ++i) {
        const Cost again = cost_of(work);
        if (again.seconds < best.seconds) best = again;
    }
    return best;
}

/// A ledger of plants: half texts, of which most repeat, numbers with units, dates, yes and no.
void fill(CellRow& row, std::size_t number, Random& random) {
    static const std::vector<std::string> places = {"崇明岛", "横沙岛", "长兴岛", "嵊泗列岛", "о. Русский", "о. Попова"},
                                          fields = {"海水淡化", "光伏发电", "污水处理", "热泵干燥", "储能", "氢能"};
    row.clear();
    row.text(fmt::format("项目 {:06}", number)).text(random.pick(places)).text(random.pick(fields));
    for (int i = 0; i < 5; ++i) row.text(fmt::format("{} {}", fields[random.below(6)], random.below(500)));
    row.text(fmt::format("联系人 {}", random.below(100'000))).text("");
    for (int i = 0; i < 7; ++i) row.number(static_cast<double>(random.between(-1'000'000, 100'000'000)) / 100, {.format = "#,##0.00"});
    row.integer(random.between(0, 1'000'000)).date(Date{static_cast<std::int32_t>(18'000 + random.below(3'000))}).boolean(random.chance(0.5));
}

void write_table(const std::filesystem::path& path, Format format, std::size_t rows) {
    const auto writer = make_table(path, format);
    require(bool(writer), "no writer");
    std::vector<Column> columns;
    for (std::size_t i = 0; i < columns_count; ++i) columns.push_back({fmt::format("列 {}", i + 1)});
    require(bool(writer.value()->sheet("数据", columns)), "no sheet");
    Random random(20261120);
    CellRow row;
    for (std::size_t i = 0; i < rows; ++i) {
        fill(row, i, random);
        require(bool(writer.value()->row(row)), "no row");
    }
    require(bool(writer.value()->finish()), "no file");
}

/// The same by libxlsxwriter with everything in memory, as most programs use it and as Excel saves it: texts shared.
void write_in_memory(const std::filesystem::path& path, std::size_t rows) {
    lxw_workbook* const workbook = workbook_new(path.c_str());
    lxw_worksheet* const sheet = workbook_add_worksheet(workbook, "数据");
    lxw_format* const number = workbook_add_format(workbook);
    format_set_num_format(number, "#,##0.00");
    lxw_format* const date = workbook_add_format(workbook);
    format_set_num_format(date, "yyyy-mm-dd");
    for (std::size_t i = 0; i < columns_count; ++i) worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), fmt::format("列 {}", i + 1).c_str(), nullptr);
    Random random(20261120);
    CellRow row;
    for (std::size_t i = 0; i < rows; ++i) {
        fill(row, i, random);
        const std::span<const Cell> cells = row;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const auto r = static_cast<lxw_row_t>(i + 1);
            const auto c = static_cast<lxw_col_t>(column);
            const std::string text(cells[column].text);
            if (cells[column].kind == CellKind::number)
                worksheet_write_number(sheet, r, c, std::strtod(text.c_str(), nullptr), cells[column].format.empty() ? nullptr : number);
            else if (cells[column].kind == CellKind::date) worksheet_write_number(sheet, r, c, parse_date(text)->days + 25'569, date);
            else if (cells[column].kind == CellKind::boolean) worksheet_write_boolean(sheet, r, c, text == "true", nullptr);
            else if (!text.empty()) worksheet_write_string(sheet, r, c, text.c_str(), nullptr);
        }
    }
    require(workbook_close(workbook) == LXW_NO_ERROR, "no file");
}

/// Rows, and bytes of all texts and numbers: what both ways must agree on.
std::string told(std::size_t rows, std::size_t bytes) { return fmt::format("{} rows, {} bytes", rows, bytes); }

std::string read_table(const std::filesystem::path& path) {
    const auto table = open_table(path);
    require(bool(table), "no table");
    std::size_t rows = 0, bytes = 0;
    while (const Row* row = table.value()->next().value()) {
        require(row->problems.empty(), "a row has a problem");
        ++rows;
        for (const Cell& cell : row->cells) bytes += cell.kind == CellKind::text ? cell.text.size() : cell.kind != CellKind::empty;
    }
    return told(rows, bytes);
}

std::string unpacked(zip_t* archive, const char* name) {
    zip_stat_t about;
    if (zip_stat(archive, name, 0, &about) != 0) return {};
    std::string text(about.size, '\0');
    zip_file_t* const file = zip_fopen(archive, name, 0);
    require(zip_fread(file, text.data(), text.size()) == static_cast<zip_int64_t>(text.size()), "a part is short");
    zip_fclose(file);
    return text;
}

/// Each part unpacked as a whole and made a DOM; numbers are left as they stand, dates are not looked at.
std::string read_as_dom(const std::filesystem::path& path) {
    int problem = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &problem);
    require(archive, "no zip");
    std::string sheet = unpacked(archive, "xl/worksheets/sheet1.xml"), strings = unpacked(archive, "xl/sharedStrings.xml");
    pugi::xml_document sheet_dom, strings_dom;
    require(bool(sheet_dom.load_buffer_inplace(sheet.data(), sheet.size())), "no XML");
    std::vector<std::string> shared;
    if (!strings.empty()) {
        require(bool(strings_dom.load_buffer_inplace(strings.data(), strings.size())), "no XML");
        for (const pugi::xml_node& item : strings_dom.document_element().children("si")) shared.emplace_back(item.child("t").text().get());
    }
    std::size_t rows = 0, bytes = 0;
    for (const pugi::xml_node& row : sheet_dom.document_element().child("sheetData").children("row")) {
        std::vector<std::string> cells(columns_count);
        std::size_t column = 0;
        for (const pugi::xml_node& cell : row.children("c")) {
            const std::string_view type = cell.attribute("t").value(), name = cell.attribute("r").value();
            column = static_cast<std::size_t>(name[0] - 'A');
            if (type == "s") cells[column] = shared[static_cast<std::size_t>(cell.child("v").text().as_uint())];
            else if (type == "inlineStr") cells[column] = cell.child("is").child("t").text().get();
            else cells[column] = std::to_string(cell.child("v").text().as_double());
            if (rows > 0) bytes += type == "s" || type == "inlineStr" ? cells[column].size() : 1;
        }
        ++rows;
    }
    zip_discard(archive);
    return told(rows - 1, bytes);
}

std::string read_whole_csv(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    const auto csv = parse_csv(text.str());
    require(bool(csv), "no CSV");
    std::size_t bytes = 0;
    for (const auto& row : csv.value().rows)
        for (const std::string& cell : row) bytes += cell.size();
    return told(csv.value().rows.size(), bytes);
}

void compare(std::string_view what, const Cost& naive, const Cost& ours) {
    require(naive.said == ours.said, "the two ways must agree");
    fmt::print("{:<44} naive {:5.2f} s CPU, {:4.0f} MiB   ours {:5.2f} s CPU, {:3.0f} MiB   {:.1f} times as fast, 1/{:.0f} of the memory\n", what,
        naive.seconds, naive.mebibytes, ours.seconds, ours.mebibytes, naive.seconds / ours.seconds, naive.mebibytes / ours.mebibytes);
}

int run(const std::filesystem::path& folder, std::size_t rows) {
    const auto ours = folder / "ours.xlsx", excel = folder / "shared.xlsx", csv = folder / "ours.csv";
    const Cost idle = cost_of([] { return std::string(); });
    fmt::print("{} rows of {} columns; a process that does nothing has {:.0f} MiB\n", rows, columns_count, idle.mebibytes);
    const auto nothing = [](auto work) { return [work] { return work(), std::string(); }; };
    const Cost in_memory = best_of(nothing([&] { write_in_memory(excel, rows); }));
    compare("write xlsx", in_memory, best_of(nothing([&] { write_table(ours, Format::xlsx, rows); })));
    compare("read xlsx, texts shared, as Excel saves", best_of([&] { return read_as_dom(excel); }), best_of([&] { return read_table(excel); }));
    compare("read xlsx, texts in the cells, as we write", best_of([&] { return read_as_dom(ours); }), best_of([&] { return read_table(ours); }));
    const Cost csv_written = best_of(nothing([&] { write_table(csv, Format::csv, rows); }));
    fmt::print("{:<44} ours {:5.2f} s CPU, {:3.0f} MiB\n", "write CSV", csv_written.seconds, csv_written.mebibytes);
    compare("read CSV", best_of([&] { return read_whole_csv(csv); }), best_of([&] { return read_table(csv); }));
    fmt::print("files: {:.1f} MB as we write, {:.1f} MB shared, {:.1f} MB CSV\n", static_cast<double>(file_size(ours)) / 1e6,
        static_cast<double>(file_size(excel)) / 1e6, static_cast<double>(file_size(csv)) / 1e6);
    return 0;
}

} // namespace
} // namespace greenbank::sheets

int main(int argc, char** argv) {
    if (argc < 2) return fmt::print("sheets_bench FOLDER [rows]\n"), 2;
    return greenbank::sheets::run(argv[1], argc > 2 ? std::stoul(argv[2]) : 100'000);
}
