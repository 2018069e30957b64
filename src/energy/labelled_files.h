// labelled_files.h — series whose disturbances are known, in a folder as the Numenta Anomaly Benchmark has them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "energy/engine/anomaly/benchmark.h"
#include "energy/series_file.h"

namespace greenbank::energy {

struct LabelledFile {
    std::string name;
    std::vector<SeriesRow> rows;
    LabelledSeries series;
};

/// windows.json names the files of `data` with their windows, labels.json, where it is there, the moments of the events; in the order of their names.
Result<std::vector<LabelledFile>> read_labelled(const std::filesystem::path& folder);

} // namespace greenbank::energy
