// triplets.h — a model out of four tables of triplets, row,col,value and, where an amount is uncertain, distribution,p1,p2.
#pragma once

#include <string>
#include <unordered_map>

#include "carbon/engine/footprint.h"
#include "kernel/result.h"

namespace greenbank::carbon {

/// Names in the order in which they are counted: numbers by their value where all are numbers, else as they came.
class NameList {
public:
    std::uint32_t number(std::string_view name);
    const std::string& operator[](std::uint32_t number) const { return names_[number]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }
    /// The new number of each old one, after which numbers are in their order.
    std::vector<std::uint32_t> sort_numbers();

private:
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

struct NamedModel {
    Model model;
    std::vector<Demand> demands;
    NameList products, processes, flows, methods, demand_names;
};

struct TripletFiles {
    std::string technosphere, biosphere, characterisation, demand;
};
/// All faults of a file by line; a row or column that nothing else knows is one.
Result<NamedModel> read_triplets(const TripletFiles& files);

} // namespace greenbank::carbon
