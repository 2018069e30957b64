// Class suggestions on the sample technologies (leave one out) and on titles of CSL (five folds), beside always naming the most
// frequent class and beside plain multinomial naive Bayes. Run at the top of the source tree.
//   classification_bench [folder of CSL]
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "library/finding/suggesting.h"
#include "search/folding.h"
#include "json/json.h"

namespace greenbank::library {
namespace {

struct Item {
    TermBag bag;
    std::vector<std::string> codes; // any of them is right
};

/// Right at the first place, within the first three, and how far the first score is from how often it is right.
struct Tally {
    int asked = 0, first = 0, three = 0;
    std::array<double, 10> sure{}, right{};

    void add(const std::vector<std::string>& ranked, const std::vector<std::string>& codes, double score = -1) {
        const auto is_right = [&](std::size_t i) { return i < ranked.size() && std::find(codes.begin(), codes.end(), ranked[i]) != codes.end(); };
        ++asked;
        first += is_right(0);
        three += is_right(0) || is_right(1) || is_right(2);
        if (score < 0) return;
        const auto bin = static_cast<std::size_t>(std::min(9.0, score * 10));
        sure[bin] += score;
        right[bin] += is_right(0);
    }
    void add(const std::vector<Suggestion>& list, const std::vector<std::string>& codes) {
        std::vector<std::string> ranked;
        for (const Suggestion& one : list) ranked.push_back(one.code);
        add(ranked, codes, list.empty() ? 0 : list[0].score);
    }
    double share(int count) const { return 100.0 * count / std::max(1, asked); }
    /// Expected calibration error over ten equal bins.
    double calibration_error() const {
        double sum = 0;
        for (std::size_t i = 0; i < sure.size(); ++i) sum += std::fabs(sure[i] - right[i]);
        return 100 * sum / std::max(1, asked);
    }
    void print(std::string_view what, bool calibrated = false) const {
        fmt::print("  {:<44} first {:5.1f} %  of three {:5.1f} %", what, share(first), share(three));
        if (calibrated)
            fmt::print(
                "  said {:5.1f} %, off by {:.1f} points", 100 * std::accumulate(sure.begin(), sure.end(), 0.0) / std::max(1, asked), calibration_error());
        fmt::print("\n");
    }
};

/// Multinomial, add-one, with class priors; words only, no thesaurus.
class PlainBayes {
public:
    void count(const Item& item, double sign) {
        for (const std::string& code : item.codes) {
            documents_[code] += sign, all_ += sign;
            for (const auto& [key, term] : item.bag)
                if (!is_concept(key)) {
                    words_[code][key] += sign * term.weight, totals_[code] += sign * term.weight;
                    vocabulary_[key] += sign;
                }
        }
    }
    std::vector<std::string> rank(const TermBag& bag) const {
        std::vector<std::pair<double, std::string>> scored;
        for (const auto& [code, documents] : documents_) {
            if (documents <= 0) continue;
            double z = std::log(documents / all_);
            const auto& words = words_.at(code);
            for (const auto& [key, term] : bag) {
                if (is_concept(key)) continue;
                const auto found = words.find(key);
                z += term.weight *
                     std::log(((found == words.end() ? 0 : std::max(0.0, found->second)) + 1) / (totals_.at(code) + static_cast<double>(vocabulary_.size())));
            }
            scored.emplace_back(-z, code);
        }
        std::sort(scored.begin(), scored.end());
        std::vector<std::string> ranked;
        for (auto& [z, code] : scored) ranked.push_back(std::move(code));
        return ranked;
    }
    std::vector<std::string> most_frequent() const {
        std::vector<std::pair<double, std::string>> counted;
        for (const auto& [code, documents] : documents_) counted.emplace_back(-documents, code);
        std::sort(counted.begin(), counted.end());
        std::vector<std::string> ranked;
        for (auto& [count, code] : counted) ranked.push_back(std::move(code));
        return ranked;
    }

private:
    std::map<std::string, double> documents_, totals_;
    std::unordered_map<std::string, std::unordered_map<std::string, double>> words_;
    std::unordered_map<std::string, double> vocabulary_;
    double all_ = 0;
};

std::string read_whole(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

const Reference& read_reference_folder() {
    static std::map<std::string, std::string> texts;
    std::map<std::string, std::string_view> files;
    for (const auto& file : std::filesystem::directory_iterator("data/reference"))
        files[file.path().filename()] = texts[file.path().filename()] = read_whole(file.path());
    static const auto reference = read_reference(files);
    require(static_cast<bool>(reference), "run at the top of the source tree");
    set_reference(&reference.value());
    return reference.value();
}

std::vector<Technology> sample_technologies() {
    std::vector<Technology> all;
    for (const auto& file : std::filesystem::directory_iterator("data/sample/technologies")) {
        auto read = list_from_json<Technology>(read_whole(file.path()), {.accept_read_only = true});
        require(static_cast<bool>(read), "a sample file cannot be read");
        for (Technology& one : read.value()) all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Technology& a, const Technology& b) { return a.id < b.id; });
    return all;
}

/// The technology with only one of its languages, or all.
Technology in_language(Technology technology, std::string_view language) {
    const auto keep = [&](Text& text) {
        if (language == "zh") text = {text.zh, "", ""};
        if (language == "en") text = {"", text.en, ""};
        if (language == "ru") text = {"", "", text.ru};
    };
    keep(technology.title);
    keep(technology.summary);
    if (language == "zh") technology.keywords = {technology.keywords.zh, {}, {}};
    if (language == "en") technology.keywords = {{}, technology.keywords.en, {}};
    if (language == "ru") technology.keywords = {{}, {}, technology.keywords.ru};
    return technology;
}

double milliseconds() { return static_cast<double>(std::clock()) * 1000.0 / CLOCKS_PER_SEC; }

void leave_one_out(std::string_view what, Suggester& suggester, const std::vector<Item>& asked, const std::vector<Item>& learned) {
    Tally names, ours, bayes, majority;
    PlainBayes plain;
    for (const Item& item : asked) names.add(suggester.suggest(item.bag, 3), item.codes);
    for (const Item& item : learned) {
        plain.count(item, 1);
        for (const std::string& code : item.codes) suggester.learn(code, item.bag);
    }
    double spent = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        plain.count(learned[i], -1);
        for (const std::string& code : learned[i].codes) suggester.forget(code, learned[i].bag);
        const double before = milliseconds();
        ours.add(suggester.suggest(asked[i].bag, 3), asked[i].codes);
        spent += milliseconds() - before;
        bayes.add(plain.rank(asked[i].bag), asked[i].codes);
        majority.add(plain.most_frequent(), asked[i].codes);
        plain.count(learned[i], 1);
        for (const std::string& code : learned[i].codes) suggester.learn(code, learned[i].bag);
    }
    for (const Item& item : learned)
        for (const std::string& code : item.codes) suggester.forget(code, item.bag);
    fmt::print("{}: {} texts, {} classes, {:.2f} ms CPU each\n", what, asked.size(), suggester.size(), spent / static_cast<double>(asked.size()));
    majority.print("most frequent class");
    bayes.print("plain naive Bayes");
    names.print("ours, names and thesaurus only", true);
    ours.print("ours, with examples", true);
}

void on_samples(const Reference& reference, const SuggesterWeights& weights) {
    const TermFinder finder = make_term_finder(reference.thesaurus);
    const double before = milliseconds();
    const auto background = std::make_shared<const Background>(background_of(reference, reference.thesaurus, finder));
    fmt::print("background of names and thesaurus: {:.0f} ms CPU\n", milliseconds() - before);
    const std::vector<Technology> technologies = sample_technologies();
    for (const std::string_view tree : {"fields", "gbepc"}) {
        Suggester suggester(profiles_of(reference.classification.trees, *reference.classification.trees.edition(tree), finder), background, weights);
        std::vector<Item> whole;
        for (const Technology& one : technologies) whole.push_back({terms_of(finder, one), confirmed_codes(one, tree)});
        for (const std::string_view language : {"all", "zh", "en", "ru"}) {
            std::vector<Item> asked;
            for (const Technology& one : technologies) asked.push_back({terms_of(finder, in_language(one, language)), confirmed_codes(one, tree)});
            leave_one_out(fmt::format("{}, asked in {}", tree, language == "all" ? "three languages" : language), suggester, asked, whole);
        }
    }
}

void on_csl(const Reference& reference, const std::string& folder, const SuggesterWeights& weights) {
    const TermFinder finder = make_term_finder(reference.thesaurus);
    std::vector<Item> items;
    std::set<std::string> codes;
    for (const char* name : {"category.train.tsv", "category.dev.tsv"}) {
        std::ifstream file(folder + "/" + name);
        for (std::string line; std::getline(file, line);) {
            const auto cells = split(line, '\t');
            if (cells.size() != 3) continue;
            items.push_back({finder.terms_of(cells[1]), {std::string(trim(cells[2]))}});
            codes.insert(items.back().codes[0]);
        }
    }
    if (items.empty()) {
        fmt::print("CSL: skipped, there is nothing in {}\n", folder);
        return;
    }
    constexpr std::size_t folds = 5;
    Tally ours, bayes, majority;
    double spent = 0;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<ClassProfile> profiles;
        for (const std::string& code : codes) profiles.push_back({code, finder.terms_of(code)});
        Background general;
        PlainBayes plain;
        for (std::size_t i = 0; i < items.size(); ++i)
            if (i % folds != fold) general.add(items[i].bag), plain.count(items[i], 1);
        Suggester suggester(profiles, std::make_shared<const Background>(std::move(general)), weights);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (i % folds != fold) suggester.learn(items[i].codes[0], items[i].bag);
        for (std::size_t i = fold; i < items.size(); i += folds) {
            const double before = milliseconds();
            ours.add(suggester.suggest(items[i].bag, 3), items[i].codes);
            spent += milliseconds() - before;
            bayes.add(plain.rank(items[i].bag), items[i].codes);
            majority.add(plain.most_frequent(), items[i].codes);
        }
    }
    fmt::print("CSL titles, five folds: {} texts, {} classes, {:.2f} ms CPU each\n", items.size(), codes.size(), spent / static_cast<double>(items.size()));
    majority.print("most frequent class");
    bayes.print("plain naive Bayes");
    ours.print("ours, with examples", true);
}

} // namespace
} // namespace greenbank::library

int main(int count, char** arguments) {
    using namespace greenbank;
    require(static_cast<bool>(search::load_folding()), "OpenCC is not installed");
    const library::Reference& reference = library::read_reference_folder();
    library::SuggesterWeights weights;
    for (int i = 2; i < count; ++i) { // name=value, to try other weights
        const std::string_view setting = arguments[i];
        const double value = std::stod(std::string(setting.substr(setting.find('=') + 1)));
        const std::string_view name = setting.substr(0, setting.find('='));
        if (name == "examples") weights.examples = value;
        else if (name == "smoothing_names") weights.smoothing_names = value;
        else if (name == "smoothing_examples") weights.smoothing_examples = value;
        else if (name == "size_penalty") weights.size_penalty = value;
        else if (name == "example_mass") weights.example_mass = value;
        else if (name == "temperature") weights.temperature = value;
    }
    library::on_samples(reference, weights);
    library::on_csl(reference, count > 1 ? arguments[1] : "../shared/data/search/csl", weights);
}
