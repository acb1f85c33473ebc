#pragma once

#include "core/peft/adapter_method.h"
#include "core/peft/initialisation.h"
#include "core/peft/plug.h"
#include "core/sam/image_encoder.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace finebrush::peft {

/// A method that is one module in the socket of the whole encoder. `Adapter` is a module and an
/// EncoderAdapter.
template <typename Adapter>
class EncoderMethod final : public AdapterMethod {
  public:
    /// `name` stands before the names of the adapter's parameters.
    EncoderMethod(sam::ImageEncoder encoder, std::string name, std::shared_ptr<Adapter> adapter)
        : encoder_(std::move(encoder)), name_(std::move(name)), adapter_(std::move(adapter)) {
        adapter_->to(deviceOf(*encoder_));
    }

    NamedParameters parameters() const override {
        NamedParameters all;
        for (const auto& parameter : adapter_->named_parameters()) {
            all.insert(name_ + "." + parameter.key(), parameter.value());
        }
        return all;
    }

    void attach() override { plug_.emplace(encoder_->adapter, adapter_); }

  private:
    sam::ImageEncoder encoder_;
    std::string name_;
    std::shared_ptr<Adapter> adapter_;
    std::optional<Plug<sam::EncoderAdapter>> plug_;
};

}  // namespace finebrush::peft
