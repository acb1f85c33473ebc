#pragma once

#include "core/peft/adapter_method.h"
#include "core/peft/lent_weights.h"
#include "core/peft/plug.h"
#include "core/sam/image_encoder.h"

#include <concepts>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace finebrush::peft {

/// An adapter that is a change of its layer's weights.
template <typename Adapter>
concept Foldable = requires(const Adapter& adapter, const sam::AdaptableLinearImpl& linear) {
    { adapter.foldedInto(linear) } -> std::same_as<LinearWeights>;
};

/// A method that is made of adapters in the sockets of linear layers.
template <typename Adapter>
class PluggedMethod : public AdapterMethod {
  public:
    /// Adds an adapter for a layer; `attach` plugs it in.
    void add(sam::AdaptableLayer layer, std::shared_ptr<Adapter> adapter) {
        adapter->to(layer.linear->weight.device());
        layers_.push_back({std::move(layer), std::move(adapter)});
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const Adapted& adapted : layers_) {
            for (const auto& parameter : adapted.adapter->named_parameters()) {
                all.insert(adapted.layer.name + "." + parameter.key(), parameter.value());
            }
        }
        return all;
    }

    void attach() override {
        for (Adapted& adapted : layers_) plugs_.emplace_back(adapted.layer.linear->adapter, adapted.adapter);
    }

    bool merge() override {
        if constexpr (Foldable<Adapter>) {
            const torch::NoGradGuard noGradient;
            plugs_.clear();
            for (Adapted& adapted : layers_) {
                plugs_.emplace_back(adapted.layer.linear->adapter, nullptr);
                lent_.emplace_back(adapted.layer.linear, adapted.adapter->foldedInto(*adapted.layer.linear));
            }
            return true;
        } else {
            return false;
        }
    }

  protected:
    struct Adapted {
        sam::AdaptableLayer layer;
        std::shared_ptr<Adapter> adapter;
    };
    const std::vector<Adapted>& layers() const { return layers_; }

  private:
    std::vector<Adapted> layers_;
    std::vector<Plug<sam::LinearAdapter>> plugs_;
    std::deque<LentWeights> lent_;  ///< once merged
};

}  // namespace finebrush::peft
