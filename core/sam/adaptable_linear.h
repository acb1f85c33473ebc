#pragma once

#include <torch/torch.h>

#include <memory>

namespace finebrush::sam {

/// What a method of adaptation plugs into a linear layer.
struct LinearAdapter : torch::nn::Module {
    /// Returns the adapted output of the layer, of the shape of `y`. `x` holds the tokens of square windows,
    /// [B, N, Cin] with N = side², or maps, [B, H, W, Cin]; `y` [tokens, Cout] is the layer's own output, one
    /// row for each token of x in order, and may be changed in place.
    virtual torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) = 0;
};

/// A linear layer with a socket for an adapter: y = x·weightᵀ + bias, then the adapter where one is plugged
/// in.
struct AdaptableLinearImpl : torch::nn::Module {
    AdaptableLinearImpl(int64_t inFeatures, int64_t outFeatures);

    /// x [..., in] → [..., out].
    torch::Tensor forward(const torch::Tensor& x);

    int64_t inFeatures() const { return weight.size(1); }
    int64_t outFeatures() const { return weight.size(0); }

    torch::Tensor weight;  ///< [out, in]
    torch::Tensor bias;    ///< [out]

    /// The socket; null: empty. An adapter's parameters stay its owner's: they are not among this module's.
    std::shared_ptr<LinearAdapter> adapter;
};
TORCH_MODULE(AdaptableLinear);

}  // namespace finebrush::sam
