// Search over files: an index from CSV, runs for queries, and every faulty row named by its line.
#include "library/finding/search_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "search/groonga.h"
#include "sheets/folder_under_test.h"

namespace greenbank::library {

namespace {

struct Said {
    std::string out, aside;
    Console console{.out = [this](std::string_view text) { out += text; }, .aside = [this](std::string_view text) { aside += text; }};
};

std::string outcome(const Result<int>& result) { return result ? std::to_string(result.value()) : result.error().code; }

/// The run without scores: "q1 1 a | q1 2 b".
std::string ranks(const std::string& run) {
    std::string out;
    for (const std::string_view line : split(run, '\n')) {
        const auto cells = split(line, '\t');
        if (cells.size() == 4) out += (out.empty() ? "" : " | ") + std::string(cells[0]) + " " + std::string(cells[1]) + " " + std::string(cells[2]);
    }
    return out;
}

const search::Synonyms synonyms = {{{"热泵", "heat pump"}}};

} // namespace

TEST_CASE("an index of a file answers the queries of another") {
    sheets::Folder folder;
    const std::string in = folder.write("docs.csv", "\xEF\xBB\xBFid,title,text,lang,year\r\n"
                                                    "a,空气源热泵,\"在零下25℃,稳定制热。\n第二行\",zh,2021\r\n"
                                                    "b,Membrane bioreactor,\"5\"\" pipes, \"\"MBR\"\"\",en,\r\n"
                                                    "\r\n"
                                                    "c,Тепловой насос 5\" трубы,текст,ru,1999\r\n"
                                                    "a2,污水处理,用于工业,,");
    Said said;
    REQUIRE(outcome(search_index({in, folder.at("index")}, synonyms, search::open_groonga_index, said.console)) == "0");
    CHECK(said.out == "4 documents indexed from 4 rows.\n");
    const std::string queries = folder.write("queries.tsv", "q1\theat pump\nq2\t第二行\n\nq3\tmbr pipes\r\nq4\tнасосы\nq5\tнет такого\nq6\t污水 热泵");
    Said ran;
    REQUIRE(outcome(search_run({folder.at("index"), queries, 10, folder.at("run.tsv")}, synonyms, search::open_groonga_index, ran.console)) == "0");
    CHECK(ranks(folder.read("run.tsv")) == "q1 1 a | q2 1 a | q3 1 b | q4 1 c | q6 1 a2 | q6 2 a");
    REQUIRE(outcome(search_run({folder.at("index"), queries, 1, folder.at("run.tsv")}, synonyms, search::open_groonga_index, ran.console)) == "0");
    CHECK(ranks(folder.read("run.tsv")) == "q1 1 a | q2 1 a | q3 1 b | q4 1 c | q6 1 a2");

    // The same folder may be filled again, with other rows.
    const std::string other = folder.write("other.csv", "text,id,title\n海水淡化,z,标题\n");
    REQUIRE(outcome(search_index({other, folder.at("index")}, synonyms, search::open_groonga_index, said.console)) == "0");
    REQUIRE(outcome(search_run({folder.at("index"), folder.write("q", "1\t海水\n2\t热泵\n"), 10, folder.at("run.tsv")}, synonyms, search::open_groonga_index,
                ran.console)) == "0");
    CHECK(ranks(folder.read("run.tsv")) == "1 1 z");
}

TEST_CASE("faulty rows are named by line, the good ones are indexed") {
    sheets::Folder folder;
    const std::string long_row = "long,t," + std::string(5'000'000, 'x');
    const std::string in =
        folder.write("docs.csv", "id,title,text,lang,year\n"
                                 "a,热泵,x,zh,2020\n"
                                 "b,only two\n"
                                 ",没有编号,x,zh,2020\n"
                                 "c,t,x,fr,2020\n"
                                 "d,t,x,zh,last\n" +
                                     long_row + ",zh,2020\n" + "\"tab\tid\",t,x,zh,2020\n" + "e,\xff\xfe,x,zh,2020\n" + std::string(300, 'i') +
                                     ",t,x,zh,2020\n" + "a,热泵热泵,x,zh,2020\n" + "f,海水,\"不关的引号,zh,2020\ng,t,x,zh,2020\n");
    Said said;
    CHECK(outcome(search_index({in, folder.at("index")}, synonyms, search::open_groonga_index, said.console)) == "library.rows_refused");
    CHECK(said.out == "1 documents indexed from 11 rows.\n");
    CHECK(said.aside == "line 3: The row has 2 cells, the first line names 5 columns.\n"
                        "line 4: The id is missing.\n"
                        "line 5: fr is not a language of the bank: zh, en or ru.\n"
                        "line 6: last is not a year.\n"
                        "line 7: The row is longer than 4194304 bytes, or a quote is not closed.\n"
                        "line 8: An id has neither tabs nor line breaks.\n"
                        "line 9: This is not a CSV file in UTF-8; save it as “CSV UTF-8”.\n"
                        "line 10: The document " +
                            std::string(300, 'i') +
                            " cannot be indexed: id: 1 to 200 bytes without control characters.\n"
                            "line 12: A quote is not closed or is followed by other text.\n"
                            "1 rows repeat an id: of each id the last row holds.\n");
    Said ran;
    CHECK(outcome(search_run({folder.at("index"), folder.write("q", "1\t热泵\nno tab\n\ttext\n\xff\tx\n"), 10, folder.at("run.tsv")}, synonyms,
              search::open_groonga_index, ran.console)) == "library.queries_refused");
    CHECK(ranks(folder.read("run.tsv")) == "1 1 a");
    CHECK(ran.aside.find("line 2: ") == 0);
}

TEST_CASE("wrong files and folders are clear errors") {
    sheets::Folder folder;
    Said said;
    const std::string good = folder.write("good.csv", "id,title,text\n1,a,b\n");
    CHECK(outcome(search_index({folder.at("missing.csv"), folder.at("i")}, {}, search::open_groonga_index, said.console)) == "library.file_unreadable");
    CHECK(outcome(search_index({folder.write("empty.csv", ""), folder.at("i")}, {}, search::open_groonga_index, said.console)) == "csv.empty");
    CHECK(outcome(search_index({folder.write("columns.csv", "id,name\n1,a\n"), folder.at("i")}, {}, search::open_groonga_index, said.console)) ==
          "library.index_columns");
    CHECK(outcome(search_index({good, folder.at("")}, {}, search::open_groonga_index, said.console)) == "library.index_folder"); // holds the files above
    CHECK(outcome(search_index({good, good}, {}, search::open_groonga_index, said.console)) == "library.index_folder");
    CHECK(!std::filesystem::exists(folder.at("i")));
    CHECK(outcome(search_run({folder.at("nowhere"), good, 10, ""}, {}, search::open_groonga_index, said.console)) == "library.index_missing");
    REQUIRE(outcome(search_index({good, folder.at("i")}, {}, search::open_groonga_index, said.console)) == "0");
    CHECK(outcome(search_run({folder.at("i"), folder.at("missing.tsv"), 10, ""}, {}, search::open_groonga_index, said.console)) == "library.file_unreadable");
    CHECK(outcome(search_run({folder.at("i"), good, 10, "/proc/no/run.tsv"}, {}, search::open_groonga_index, said.console)) == "library.file_unwritable");
}

} // namespace greenbank::library
