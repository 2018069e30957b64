// csv_shape.cpp — encoding by all lines, separator by the first ones.
#include <algorithm>
#include <map>

#include "sheets/csv_rows.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t sample_lines = 200, sample_bytes = 64 << 10;
constexpr char separators[] = {',', ';', '\t', '|'};

struct Mark {
    std::string_view bytes;
    Encoding encoding;
};
constexpr Mark marks[] = {{"\xEF\xBB\xBF", Encoding::utf_8}, {"\xFF\xFE", Encoding::utf_16_le}, {"\xFE\xFF", Encoding::utf_16_be}};

Result<Encoding> find_encoding(ByteSource& source, const ReadOptions& options) {
    EncodingEvidence evidence;
    LineReader lines(source, Encoding::utf_8, options.limits.row_bytes, 0);
    RawLine line;
    while (TRY(lines.next(line))) evidence.add(line.bytes);
    return evidence.decide();
}

struct Score {
    double alike = 0; // share of the rows that have the commonest number of cells
    std::size_t cells = 0;
};

/// How well a separator divides the sample: into more than one cell, and into as many in each row.
Result<Score> score_of(ByteSource& sample, char separator, const ReadOptions& options) {
    CsvRows rows(sample, {.separator = separator}, options);
    std::map<std::size_t, std::size_t> counts;
    std::size_t total = 0;
    SourceRow row;
    while (TRY(rows.next(row))) {
        if (row.filled == 0) continue;
        ++counts[row.count];
        ++total;
    }
    Score score;
    std::size_t most = 0;
    for (const auto& [cells, count] : counts)
        if (count >= most) most = count, score.cells = cells;
    if (score.cells > 1) score.alike = static_cast<double>(most) / static_cast<double>(total);
    return score;
}

Result<std::string> read_sample(ByteSource& source, const CsvShape& shape, const ReadOptions& options) {
    LineReader lines(source, shape.encoding, options.limits.row_bytes, shape.skipped);
    LineDecoder decoder(shape.encoding);
    std::string sample;
    RawLine line;
    for (std::size_t count = 0; count < sample_lines && sample.size() < sample_bytes && TRY(lines.next(line)); ++count)
        (sample += decoder.decode(line.bytes.substr(0, sample_bytes)).text) += '\n';
    return sample;
}

} // namespace

Result<CsvShape> find_shape(ByteSource& source, const ReadOptions& options) {
    CsvShape shape;
    char head[4] = {};
    source.rewind();
    const std::size_t head_length = TRY(source.read(head, sizeof head));
    const Mark* found = nullptr;
    for (const Mark& mark : marks)
        if (std::string_view(head, head_length).starts_with(mark.bytes)) found = &mark;
    if (found) shape.skipped = found->bytes.size();
    if (options.encoding) shape.encoding = *options.encoding;
    else if (found) shape.encoding = found->encoding;
    else shape.encoding = TRY(find_encoding(source, options));

    std::string sample = TRY(read_sample(source, shape, options));
    if (sample.starts_with("sep=") && sample.size() > 5 && sample[5] == '\n') {
        shape.separator_line = true;
        shape.separator = sample[4];
        if (shape.separator == '"') shape.separator = ',';
    } else {
        Score best;
        ReadOptions lenient = options;
        lenient.limits.columns = Limits{}.columns;
        lenient.limits.rows = Limits{}.rows;
        ByteSource again = ByteSource::of(std::move(sample));
        for (const char separator : separators) {
            const Result<Score> score = score_of(again, separator, lenient);
            if (!score) continue; // too many columns for one row: not this one
            if (score.value().alike > best.alike || (score.value().alike == best.alike && score.value().alike > 0 && score.value().cells > best.cells)) {
                best = score.value();
                shape.separator = separator;
            }
        }
    }
    if (options.separator) shape.separator = *options.separator;
    return shape;
}

} // namespace greenbank::sheets
