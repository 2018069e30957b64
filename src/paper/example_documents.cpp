// example_documents.cpp — in words of the bank, so that pages look as they will in use.
#include "paper/example_documents.h"

#include <fmt/format.h>

#include <cmath>

#include "paper/words.h"

namespace greenbank::paper {

namespace {

struct Phrases {
    Text title{"北屿岛零碳园区项目评估报告", "Beiyu Island zero-carbon park: appraisal report", "Безуглеродный парк на острове Бэйюй: отчёт об оценке проекта"};
    Text subtitle{"光伏、储能与海水源热泵一体化方案", "Photovoltaics, storage and a seawater heat pump as one system",
        "Фотоэлектрика, накопитель и тепловой насос на морской воде как единая система"};
    Text organisation{"绿色技术银行", "Green Technology Bank", "Банк зелёных технологий"};
    Text edition{"第 2 版（送审稿）", "Edition 2 (for review)", "Редакция 2 (на рассмотрение)"};
    Text sample{"样本", "SAMPLE", "ОБРАЗЕЦ"};
    Text summary{"摘要", "Summary", "Резюме"};
    Text prose{"本报告评估北屿岛零碳园区项目的技术可行性、投资回报与减排效果。项目拟在岛上建设 12.5 MW 光伏、20 MWh 磷酸铁锂储能和 6 MW "
               "海水源热泵，替代现有柴油发电机组与燃油锅炉。"
               "“先算账、再立项”是本行的基本要求：每一项数字都注明来源、版本和状态，未经核实的数据不得作为官方数据引用——这既是对出资人负责，也是对岛上居民负责…"
               "…在基准情景下，项目全投资内部收益率为 "
               "8.6%，投资回收期 10.2 年，年减排二氧化碳 9,480 吨。",
        "This report appraises the technical feasibility, the return and the emission reductions of the Beiyu Island zero-carbon park. The project would build "
        "12.5 MW of "
        "photovoltaics, 20 MWh of lithium iron phosphate storage and a 6 MW seawater heat pump on the island, in place of the diesel generators and oil "
        "boilers that serve it today. Every "
        "figure names its source, edition and status; what is unconfirmed is never quoted as official. In the base case the project returns 8.6 % on total "
        "investment, pays "
        "back in 10.2 years and avoids 9,480 tonnes of carbon dioxide a year.",
        "В отчёте оцениваются техническая осуществимость, доходность и сокращение выбросов проекта безуглеродного парка на острове Бэйюй. Предлагается "
        "построить фотоэлектрическую "
        "станцию мощностью 12,5 МВт, литий-железо-фосфатный накопитель на 20 МВт·ч и тепловой насос на морской воде мощностью 6 МВт вместо существующих "
        "дизельных генераторов и "
        "мазутных котельных. Для каждого показателя указаны источник, редакция и статус; неподтверждённые данные никогда не приводятся как официальные. В "
        "базовом сценарии внутренняя "
        "норма доходности составляет 8,6 %, срок окупаемости — 10,2 года, сокращение выбросов — 9 480 т CO₂ в год."};
    Text second{"柴油发电的度电成本按到岛油价 7.9 元/升计算，约为 2.3 元/kWh",
        "At a delivered price of 7.9 yuan a litre, diesel power costs about 2.3 yuan per kilowatt-hour",
        "При цене топлива с доставкой 7,9 юаня за литр электроэнергия от дизелей обходится примерно в 2,3 юаня за кВт·ч"};
    Text second_rest{"；光储系统的度电成本为 0.71 元/kWh，其中储能折旧占 38%。即使油价下降三成，项目仍可保持正的净现值。详细算法见",
        "; the new system costs 0.71 yuan, of which 38 % is the depreciation of storage. Even if oil became cheaper by a third, the net present value would "
        "stay positive. The method is described at ",
        "; новая система — в 0,71 юаня, из которых 38 % составляет амортизация накопителя. Даже при удешевлении топлива на треть чистая приведённая стоимость "
        "остаётся положительной. Метод описан здесь: "};
    Text note{"海岛柴油到岛价格为 2026 年 6—9 月四次询价的平均值，未含运输补贴；询价单见附件三。",
        "Mean of four quotations between June and September 2026, transport subsidy excluded; the quotations are in annex 3.",
        "Среднее по четырём предложениям с июня по сентябрь 2026 года без транспортной субсидии; предложения приведены в приложении 3."};
    Text facts{"项目基本情况", "The project at a glance", "Основные сведения о проекте"};
    Text labels[6] = {{"业主", "Owner", "Владелец"}, {"建设地点", "Site", "Площадка"}, {"总投资", "Total investment", "Общий объём инвестиций"},
        {"年发电量", "Yearly generation", "Годовая выработка"}, {"年减排量", "Emission reductions a year", "Сокращение выбросов за год"},
        {"电网排放因子", "Grid emission factor", "Коэффициент выбросов сети"}};
    Text values[6] = {{"北屿新能源有限公司", "Beiyu New Energy Co., Ltd.", "ООО «Бэйюй Новая энергетика»"},
        {"东海省北屿岛，北纬 30.7°，东经 122.5°", "Beiyu Island, 30.7° N, 122.5° E", "Остров Бэйюй, 30,7° с. ш., 122,5° в. д."},
        {"1.86 亿元（186,000,000.00 元）", "CNY 186,000,000.00", "186 000 000,00 юаня"}, {"15,600 MWh", "15,600 MWh", "15 600 МВт·ч"},
        {"9,480 tCO₂e", "9,480 tCO₂e", "9 480 т CO₂-экв."}, {"0.6205 tCO₂/MWh", "0.6205 tCO₂/MWh", "0,6205 т CO₂/МВт·ч"}};
    Text source{"可行性研究报告，2026 年 8 月版，表 4-2", "Feasibility study, August 2026, table 4-2",
        "Технико-экономическое обоснование, август 2026 года, табл. 4-2"};
    Text source2{"省级电网平均排放因子（样本数据，非官方公布值）", "Average factor of the province's grid (sample data, not an official value)",
        "Средний коэффициент региональной сети (образец, не официальное значение)"};
    Text results{"评估结果", "Results", "Результаты"};
    Text cash{"现金流量", "Cash flow", "Денежные потоки"};
    Text columns[5] = {{"年份", "Year", "Год"}, {"投资", "Investment", "Инвестиции"}, {"运营收入", "Revenue", "Выручка"},
        {"运营成本", "Operating cost", "Эксплуатационные расходы"}, {"净现金流", "Net cash flow", "Чистый денежный поток"}};
    Text table{"表 1　项目现金流量（万元，未折现）", "Table 1. Cash flow of the project, CNY 10,000, undiscounted",
        "Таблица 1. Денежные потоки проекта, 10 тыс. юаней, без дисконтирования"};
    Text total{"合计", "Total", "Итого"};
    Text bars{"图 1　各类措施的年减排量", "Figure 1. Emission reductions by measure", "Рисунок 1. Сокращение выбросов по мерам"};
    Text measures[5] = {{"光伏替代柴油发电", "Photovoltaics instead of diesel", "Фотоэлектрика вместо дизелей"},
        {"海水源热泵替代燃油锅炉", "Seawater heat pump instead of oil boilers", "Тепловой насос вместо котельных"},
        {"储能削减弃光", "Storage against curtailment", "Накопитель против ограничений"},
        {"园区车辆电动化", "Electric vehicles of the park", "Электромобили парка"}, {"施工期排放", "Emissions of construction", "Выбросы при строительстве"}};
    Text lines{"图 2　三种情景下的年净现金流", "Figure 2. Net cash flow in three scenarios", "Рисунок 2. Чистый денежный поток в трёх сценариях"};
    Text scenarios[3] = {{"基准", "Base", "Базовый"}, {"低油价", "Cheap oil", "Дешёвое топливо"}, {"高日照", "Much sun", "Много солнца"}};
    Text money{"万元", "CNY 10,000", "10 тыс. юаней"};
    Text risks{"主要风险与缓解措施", "Risks and what is done about them", "Риски и меры по их снижению"};
    Text risk[3] = {{"台风：光伏支架按 50 年一遇风速 52 m/s 设计，并投保财产一切险。",
                        "Typhoons: the mounts are designed for 52 m/s, the wind of fifty years, and insured against all risks.",
                        "Тайфуны: опоры рассчитаны на ветер 52 м/с (раз в 50 лет) и застрахованы от всех рисков."},
        {"设备价格波动：主要设备采用固定总价合同，价格有效期 180 天。", "Prices: the main equipment is bought at fixed prices that hold for 180 days.",
            "Цены: основное оборудование закупается по твёрдой цене сроком на 180 дней."},
        {"核证规则变化：减排量收益未计入基准情景。", "Rules of certification: income from credits is left out of the base case.",
            "Правила сертификации: доход от единиц сокращения в базовый сценарий не включён."}};
    Text proof{"北屿岛零碳园区项目评估报告，第 2 版", "Appraisal report, Beiyu Island, edition 2", "Отчёт об оценке, остров Бэйюй, редакция 2"};
};

const Phrases& phrases() {
    static const Phrases all;
    return all;
}

} // namespace

Document example_report(Language language) {
    const Phrases& p = phrases();
    const auto in = [&](const Text& text) { return text.in(language); };
    Document document{.front = {.title = in(p.title),
                          .subtitle = in(p.subtitle),
                          .organisation = in(p.organisation),
                          .edition = in(p.edition),
                          .date = make_date(2026, 11, 20),
                          .language = language,
                          .marks = {{in(p.sample), Tone::sample}},
                          .created_at = *parse_time("2026-11-20T08:00:00Z")},
        .blocks = {}};
    std::vector<Block>& blocks = document.blocks;
    blocks.push_back(Heading{1, in(p.summary)});
    blocks.push_back(Paragraph{in(p.prose)});
    blocks.push_back(Paragraph{{Span{.text = in(p.second), .note = in(p.note)}, Span{.text = in(p.second_rest)},
        Span{.text = "https://bank.example/methods/appraisal", .link = "https://bank.example/methods/appraisal"},
        Span{.text = language == Language::zh ? "。" : "."}}});
    Facts facts{.title = in(p.facts), .facts = {}};
    for (std::size_t i = 0; i < 6; ++i) {
        Fact fact{.label = in(p.labels[i]), .value = in(p.values[i])};
        if (i >= 2) fact.source = in(i == 5 ? p.source2 : p.source);
        if (i >= 2) fact.status = i == 5 ? Status::sample : i == 2 ? Status::official : Status::unconfirmed;
        facts.facts.push_back(fact);
    }
    blocks.push_back(facts);
    blocks.push_back(Heading{1, in(p.results)});
    blocks.push_back(Heading{2, in(p.cash)});
    Table table{.title = in(p.table), .columns = {}, .rows = {}, .source = in(p.source)};
    for (std::size_t i = 0; i < 5; ++i) table.columns.push_back({in(p.columns[i]), i == 0 ? Align::left : Align::right});
    double sums[4] = {};
    LineChart lines{.title = in(p.lines), .unit = in(p.money), .places = {}, .series = {}};
    for (const Text& scenario : p.scenarios) lines.series.push_back({in(scenario), {}});
    for (int year = 2027; year <= 2051; ++year) {
        const double spent = year == 2027 ? 11160 : year == 2028 ? 7440 : year == 2039 ? 2200 : 0;
        const double earned = year < 2028    ? 0
                              : year == 2028 ? 1420
                                             : 2840 * std::pow(0.995, year - 2029),
                     cost = year < 2028 ? 0 : 410 * std::pow(1.015, year - 2028);
        const double net = earned - cost - spent;
        Row row{.cells = {Cell(std::to_string(year))}};
        const double figures[] = {-spent, earned, -cost, net};
        for (std::size_t i = 0; i < 4; ++i) {
            row.cells.push_back(figures[i] == 0 ? Cell("—") : Cell(figure_text(figures[i], 1, language)));
            sums[i] += figures[i];
        }
        if (year == 2039)
            row.cells[1].source = language == Language::zh   ? "储能电芯更换"
                                  : language == Language::ru ? "Замена элементов накопителя"
                                                             : "Cells of the storage are replaced";
        table.rows.push_back(row);
        lines.places.push_back(std::to_string(year));
        lines.series[0].values.push_back(net);
        lines.series[1].values.push_back(net - earned * 0.22);
        lines.series[2].values.push_back(net + earned * 0.07);
    }
    Row total{.cells = {Cell(in(p.total))}, .strong = true};
    for (const double sum : sums) total.cells.push_back(Cell(figure_text(sum, 1, language)));
    table.rows.push_back(total);
    blocks.push_back(table);
    blocks.push_back(lines);
    blocks.push_back(Heading{2, in(p.bars)});
    BarChart bars{.title = in(p.bars),
        .unit = language == Language::ru   ? "т CO₂-экв./год"
                : language == Language::zh ? "tCO₂e/年"
                                           : "tCO₂e a year",
        .bars = {},
        .source = in(p.source)};
    const double reductions[] = {6120, 2480, 640, 380, -140};
    for (std::size_t i = 0; i < 5; ++i) bars.bars.push_back({in(p.measures[i]), reductions[i]});
    blocks.push_back(bars);
    blocks.push_back(Heading{1, in(p.risks)});
    List list;
    for (const Text& risk : p.risk) list.items.push_back({in(risk)});
    list.items.insert(list.items.begin() + 1, Item{in(p.risk[2]), 1});
    blocks.push_back(list);
    list.numbered = true;
    blocks.push_back(Heading{3, in(p.risks)});
    blocks.push_back(list);
    blocks.push_back(Badges{{badge(Status::official, language), badge(Status::unconfirmed, language), badge(Status::sample, language)}});
    blocks.push_back(Proof{in(p.proof), "https://bank.example/proof/01JD3X5V7Q8Z9K2M4N6P8R0S1T"});
    return document;
}

Front example_catalogue(Language language) {
    const Text title{"绿色技术目录", "Catalogue of green technologies", "Каталог зелёных технологий"};
    return {.title = title.in(language),
        .organisation = phrases().organisation.in(language),
        .edition = "2026",
        .date = make_date(2026, 11, 20),
        .language = language,
        .marks = {{phrases().sample.in(language), Tone::sample}},
        .created_at = *parse_time("2026-11-20T08:00:00Z")};
}

std::vector<Block> example_entry(std::size_t number, Language language) {
    Random random(number + 1);
    const Phrases& p = phrases();
    const auto in = [&](const Text& text) { return text.in(language); };
    const Text& measure = p.measures[random.below(5)];
    std::vector<Block> blocks;
    if (number % 100 == 0) blocks.push_back(Heading{1, fmt::format("{} {}–{}", in(measure), number + 1, number + 100)});
    blocks.push_back(Heading{2, fmt::format("{} GT-{:05}", in(measure), number + 1)});
    const std::string& prose = in(p.prose);
    blocks.push_back(Paragraph{prose.substr(0, prose.find(language == Language::zh ? "。" : ".", 100)) + (language == Language::zh ? "。" : "."), true});
    Facts facts;
    for (std::size_t i = 0; i < 5; ++i)
        facts.facts.push_back({in(p.labels[i]), i < 2 ? in(p.values[i]) : figure_text(static_cast<double>(random.below(10'000'000)) / 100, 2, language),
            i > 2 ? in(p.source) : "", i > 1 ? std::optional(static_cast<Status>(random.below(3))) : std::nullopt});
    blocks.push_back(facts);
    Table table{.title = {}, .columns = {}, .rows = {}};
    for (std::size_t i = 0; i < 5; ++i) table.columns.push_back({in(p.columns[i]), i == 0 ? Align::left : Align::right});
    for (std::size_t r = 0; r < 2 + random.below(5); ++r) {
        Row row{.cells = {Cell(std::to_string(2027 + r))}};
        for (std::size_t i = 0; i < 4; ++i) row.cells.push_back(Cell(figure_text(static_cast<double>(random.below(1'000'000)) / 10, 1, language)));
        table.rows.push_back(row);
    }
    blocks.push_back(table);
    return blocks;
}

} // namespace greenbank::paper
