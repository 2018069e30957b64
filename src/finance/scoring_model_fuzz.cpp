// scoring_model_fuzz.cpp — any bytes as a model; one that is taken scores rows without a fault.
#include "finance/scoring_records.h"
#include "json/json.h"

using namespace greenbank;
using namespace greenbank::finance;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto model = from_json<ScoringModel>({reinterpret_cast<const char*>(bytes), size});
    if (!model) return 0;
    ScoringTable table;
    table.rows = 3;
    for (const TrainedColumn& column : model.value().columns) {
        if (column.named) table.columns.push_back({column.name, true, {0, missing, 0}, {column.names.empty() ? "stranger" : column.names[0]}});
        else table.columns.push_back({column.name, false, {0, missing, 1e300}, {}});
    }
    require(score(model.value(), table, 3).size() == 3, "a row has no score");
    stability(model.value(), table);
    return 0;
}
