#pragma once

#include "core/peft/adapter_method.h"
#include "core/sam/image_encoder.h"

#include <functional>
#include <string>
#include <vector>

namespace finebrush::peft {

/// A method that trains tensors of the encoder itself. It works on copies that take their place while it is
/// attached, so that the loaded weights stay as they are.
class OwnTensorsMethod final : public AdapterMethod {
  public:
    /// Trains the encoder's parameters whose names are `chosen`.
    OwnTensorsMethod(const sam::ImageEncoder& encoder, const std::function<bool(const std::string&)>& chosen);
    ~OwnTensorsMethod() override;

    NamedParameters parameters() const override;
    bool trainsStem() const override { return trainsStem_; }
    void attach() override;

  private:
    struct Trained {
        std::string name;
        torch::Tensor ofEncoder;  ///< the encoder's parameter
        torch::Tensor copy;       ///< what trains until `attach`, then shares its memory with `ofEncoder`
        torch::Tensor loaded;     ///< what `ofEncoder` held before `attach`
    };
    std::vector<Trained> trained_;
    bool trainsStem_ = false;
    bool attached_ = false;
};

}  // namespace finebrush::peft
