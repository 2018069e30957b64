// Five documents of three languages in the real index and the naive one.
#pragma once

#include "search/try_index.h"

namespace greenbank::search {

inline const std::vector<Document> documents = {
    {.id = "heat",
        .kind = "technology",
        .title = {"空气源热泵供暖系统", "Air-source heat pump system", "Воздушный тепловой насос"},
        .summary = {"在零下25℃稳定制热。", "Stable heating at -25 °C.", "Устойчивое отопление при −25 °C."},
        .keywords = {"热泵", "heat pumps", "тепловые насосы"},
        .facets = {{"field", "energy"}, {"country", "CN"}, {"country", "KZ"}},
        .updated_at = 5},
    {.id = "sewage",
        .kind = "technology",
        .title = {"膜生物反应器污水处理", "Membrane bioreactor for sewage", "Очистка сточных вод мембраной"},
        .summary = {"处理城镇污水，出水可回用。", "Treats municipal wastewater; effluents can be reused.", ""},
        .body = "用于工程改造,无需新建。PM2.5 不相关",
        .keywords = {"污水处理"},
        .facets = {{"field", "water"}, {"country", "CN"}},
        .updated_at = 4},
    {.id = "desalination",
        .kind = "technology",
        .title = {"海水淡化", "Seawater desalination", "Опреснение морской воды"},
        .summary = {"", "Reverse osmosis of sea water.", "Ещё дешевле с солнечной энергией."},
        .facets = {{"field", "water"}, {"country", "SG"}},
        .updated_at = 3},
    {.id = "need",
        .kind = "need",
        .title = {"求购待处理工业废水设备", "", ""},
        .summary = {"12V锂电池供电的监测仪也需要。", "", ""},
        .facets = {{"field", "water"}, {"country", "KH"}},
        .updated_at = 2},
    {.id = "secret",
        .kind = "need",
        .title = {"保密的热泵需求", "Secret heat pump need", ""},
        .summary = {},
        .facets = {{"field", "energy"}},
        .updated_at = 1,
        .visible = "org_1"},
};

inline const Setup setup = {.facets = {"field", "country"}, .synonyms = {{{"热泵", "heat pump", "тепловой насос"}, {"反渗透", "reverse osmosis"}}}};

struct Both {
    TemporaryDirectory directory;
    std::vector<std::unique_ptr<Index>> indices;

    explicit Both(const Setup& wanted = setup) {
        indices.push_back(must(open_groonga_index(directory / "index", wanted)));
        indices.push_back(must(make_naive_index(wanted)));
        for (auto& index : indices) must(index->put(documents));
    }
};

inline Query query(std::string text, Language language = Language::zh) {
    return {.text = std::move(text), .visible = {"public"}, .limit = 100, .language = language};
}

} // namespace greenbank::search
