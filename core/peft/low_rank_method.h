#pragma once

#include "core/peft/plugged_method.h"

namespace finebrush::peft {

/// A method that is made of low-rank adapters.
template <typename Adapter>
class LowRankMethod : public PluggedMethod<Adapter> {
  public:
    int64_t idleParameterCount() const override {
        int64_t count = 0;
        for (const auto& adapted : this->layers()) count += adapted.adapter->idleParameterCount();
        return count;
    }
};

}  // namespace finebrush::peft
