// index_under_test.h — random indices for tests: six indicators a to f in two aggregates under one index.
#pragma once

#include "cities/engine/compute.h"
#include "kernel/random.h"

namespace greenbank::cities {

struct Made {
    Framework framework;
    Dataset data;
    Context context() const { return {framework, data}; }
};

inline std::vector<Node> six_nodes() {
    std::vector<Node> nodes;
    for (const char* code : {"a", "b", "c", "d", "e", "f"}) {
        Node& node = nodes.emplace_back();
        node.code = code;
        node.parent = *code < 'd' ? "left" : "right";
        node.direction = *code == 'b' || *code == 'f' ? -1 : 1;
        node.weight = 1;
    }
    for (const char* code : {"left", "right"}) {
        Node& node = nodes.emplace_back();
        node.code = code;
        node.level = 2;
        node.parent = "index";
    }
    Node& top = nodes.emplace_back();
    top.code = "index";
    top.level = 3;
    return nodes;
}

/// Numbers above 0, units u0, u1 …, in two groups `half`, by turns.
inline Made random_index(Random& random, std::size_t units) {
    Made made{make_framework(six_nodes()).value(), {}};
    for (std::size_t i = 0; i < units; ++i) {
        made.data.units.push_back({"u" + std::to_string(i), "", ""});
        made.data.groups["half"].push_back(i % 2 == 0 ? "even" : "odd");
    }
    for (std::size_t k = 0; k < made.framework.indicators; ++k) {
        Column& column = made.data.indicators.emplace_back();
        for (std::size_t i = 0; i < units; ++i) column.push_back(1 + 99 * random.uniform());
    }
    return made;
}

inline Table whole_table(const Dataset& data) {
    Table table{{}, data.indicators};
    for (std::size_t i = 0; i < data.units.size(); ++i) table.rows.push_back(i);
    return table;
}

inline Recipe plain_recipe(double from = 1) {
    Recipe recipe;
    recipe.steps.emplace_back().normalise = Normalise{.from = from};
    return recipe;
}

} // namespace greenbank::cities
