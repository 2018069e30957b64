// Records like a library's, as many as wanted, from the words of the thesaurus: the same seed, the same records.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "kernel/csv.h"
#include "kernel/random.h"
#include "kernel/text.h"
#include "search/search.h"

namespace greenbank::bench {

struct Concept {
    std::vector<std::string> zh, en, ru;
};

inline std::vector<std::string> cells(const std::string& joined) {
    std::vector<std::string> out;
    for (const std::string_view word : split(joined, '|'))
        if (!word.empty()) out.emplace_back(word);
    return out;
}

/// Concepts with words in all three languages.
inline Result<std::vector<Concept>> read_concepts(const std::string& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    const Csv table = TRY(parse_csv(text.str()));
    const auto column = [&](std::string_view name) { return static_cast<std::size_t>(table.column(name)); };
    std::vector<Concept> concepts;
    for (const auto& row : table.rows) {
        Concept next{cells(row[column("zh")]), cells(row[column("en")]), cells(row[column("ru")])};
        if (!next.zh.empty() && !next.en.empty() && !next.ru.empty()) concepts.push_back(std::move(next));
    }
    return concepts;
}

class Records {
public:
    Records(std::vector<Concept> concepts, std::uint64_t seed) : concepts_(std::move(concepts)), seed_(seed) {}

    /// The record of that number: about 600 characters; four in ten also in English, a quarter in Russian.
    search::Document make(std::uint64_t number) const {
        Random random(seed_ * 1'000'003 + number);
        const Concept &what = some(random), &how = some(random), &where = some(random);
        const bool en = random.chance(0.4), ru = random.chance(0.25);
        search::Document d{.id = "tech_" + std::to_string(number), .kind = random.pick(kinds)};
        d.title.zh = random.pick(openings_zh) + random.pick(where.zh) + random.pick(how.zh) + random.pick(what.zh) + random.pick(endings_zh);
        if (en) d.title.en = "Integrated " + random.pick(how.en) + " for " + random.pick(what.en) + " and " + random.pick(where.en);
        if (ru) d.title.ru = "Установка: " + random.pick(how.ru) + ", " + random.pick(what.ru);
        d.summary.zh = "采用" + random.pick(how.zh) + "与" + random.pick(some(random).zh) + "相结合，" + random.pick(sentences_zh);
        if (en) d.summary.en = "Combines " + random.pick(how.en) + " with " + random.pick(some(random).en) + ". " + random.pick(sentences_en);
        if (ru) d.summary.ru = "Сочетает " + random.pick(how.ru) + " и " + random.pick(some(random).ru) + ". " + random.pick(sentences_ru);
        for (int i = 0; i < 10; ++i) d.body += random.pick(links_zh) + random.pick(some(random).zh) + "，" + random.pick(sentences_zh);
        if (en)
            for (int i = 0; i < 4; ++i) d.body += " It suits " + random.pick(some(random).en) + ". " + random.pick(sentences_en);
        if (ru)
            for (int i = 0; i < 3; ++i) d.body += " Подходит там, где нужна " + random.pick(some(random).ru) + ". " + random.pick(sentences_ru);
        d.keywords = {random.pick(what.zh), random.pick(how.zh), random.pick(what.en), random.pick(what.ru)};
        d.facets = {{"field", random.pick(fields)}, {"country", "C" + std::to_string(skewed(random, 60))}, {"class", "K" + std::to_string(skewed(random, 211))},
            {"readiness", std::to_string(random.between(1, 9))}};
        d.updated_at = static_cast<std::int64_t>(random.below(1'000'000));
        return d;
    }

    const std::vector<Concept>& concepts() const { return concepts_; }

private:
    /// Few are frequent, many are rare.
    static std::uint64_t skewed(Random& random, std::uint64_t bound) {
        const double u = random.uniform();
        return static_cast<std::uint64_t>(u * u * u * static_cast<double>(bound));
    }
    const Concept& some(Random& random) const { return concepts_[skewed(random, concepts_.size())]; }

    inline static const std::vector<std::string> kinds = {"technology", "technology", "technology", "need", "capital_offer"};
    inline static const std::vector<std::string> fields = {"water", "air", "solid_waste", "soil_ecology", "monitoring", "energy_carbon"};
    inline static const std::vector<std::string> openings_zh = {"", "", "新型", "一体化", "低温", "分布式", "智能", "高效", "模块化", "基于大数据的"};
    inline static const std::vector<std::string> endings_zh = {"技术", "系统", "装置", "成套设备", "工艺", "解决方案", "一体机"};
    inline static const std::vector<std::string> links_zh = {"适用于", "同时可用于", "在工程中结合", "已用于", "可替代传统的", "配套"};
    inline static const std::vector<std::string> sentences_zh = {"运行成本比传统工艺降低百分之三十以上。", "设备占地面积小，安装简单，自动化程度高。",
        "出水水质稳定达到地表水四类标准。", "已在三十多个城镇建成示范项目。", "能耗低，噪声小，可远程监控运行状态。", "二氧化碳减排效果经第三方核查确认。",
        "适合高寒、高海拔以及海岛地区使用。", "投资回收期一般为三到五年。", "核心部件使用寿命超过十年，维护工作量小。", "排放浓度满足国家和地方最严格的限值。",
        "可采用合同能源管理或融资租赁方式合作。", "副产物可资源化利用，不产生二次污染。"};
    inline static const std::vector<std::string> sentences_en = {"Operating costs fall by a third compared with conventional plants.",
        "The equipment is compact and easy to install.", "More than thirty towns already run demonstration projects.",
        "Emission reductions were verified by an independent body.", "Payback takes three to five years in most cases.",
        "Remote monitoring keeps maintenance low on islands."};
    inline static const std::vector<std::string> sentences_ru = {"Эксплуатационные расходы снижаются на треть.", "Оборудование компактно и легко монтируется.",
        "Более тридцати городов уже используют такие проекты.", "Срок окупаемости составляет от трёх до пяти лет."};

    std::vector<Concept> concepts_;
    std::uint64_t seed_;
};

} // namespace greenbank::bench
