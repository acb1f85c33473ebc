#include "core/sam/adaptable_linear.h"

#include <utility>
#include <vector>

namespace finebrush::sam {

AdaptableLinearImpl::AdaptableLinearImpl(int64_t inFeatures, int64_t outFeatures) {
    const torch::nn::Linear initial(inFeatures, outFeatures);
    weight = register_parameter("weight", initial->weight);
    bias = register_parameter("bias", initial->bias);
}

torch::Tensor AdaptableLinearImpl::forward(const torch::Tensor& x) {
    // Rows, not a map: the bias is part of the product then, and an adapter may add to y in place without the
    // backward pass having to copy.
    torch::Tensor y = torch::addmm(bias, x.reshape({-1, x.size(-1)}), weight.t());  // [tokens, out]
    if (adapter) {
        // An adapter's few products stay in full precision, whatever the frozen layer is computed in.
        const c10::impl::ExcludeDispatchKeyGuard noAutocast(c10::autocast_dispatch_keyset);
        y = adapter->adapt(x.to(torch::kFloat32), y.to(torch::kFloat32));
    }
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = y.size(-1);
    return y.view(shape);
}

}  // namespace finebrush::sam
