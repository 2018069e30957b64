// field_edges.h — the field of a running server meets its technologies: a broker, buses, charge points on the line.
#pragma once

#include <memory>

#include "app/settings.h"
#include "energy/field/field.h"

namespace greenbank::app {

class FieldEdges {
public:
    /// Charge points are listened to at once. The broker and the buses belong to one server of the bank at a time: the one that holds
    /// the lock, and another takes them over when it is gone.
    static Result<std::unique_ptr<FieldEdges>> start(energy::Field& field, Store& store, const FieldSettings& settings);
    virtual ~FieldEdges() = default;
    /// 0: charge points are not listened to.
    virtual std::uint16_t ocpp_port() const = 0;
};

} // namespace greenbank::app
