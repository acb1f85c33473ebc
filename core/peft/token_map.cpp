#include "core/peft/token_map.h"

#include <cmath>

namespace finebrush::peft {

torch::Tensor toMap(const torch::Tensor& x) {
    if (x.dim() == 4) return x.permute({0, 3, 1, 2}).contiguous();
    const int64_t side = std::llround(std::sqrt(static_cast<double>(x.size(1))));
    TORCH_CHECK(side * side == x.size(1), x.size(1), " tokens are no square window");
    return x.transpose(1, 2).contiguous().unflatten(2, torch::IntArrayRef{side, side});
}

torch::Tensor tokenRows(const torch::Tensor& map) {
    return map.permute({0, 2, 3, 1}).reshape({-1, map.size(1)});
}

}  // namespace finebrush::peft
