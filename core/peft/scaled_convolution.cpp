#include "core/peft/scaled_convolution.h"

namespace finebrush::peft {

namespace F = torch::nn::functional;

namespace {

/// The bicubic interpolation of a line from `from` to `to` samples, as a matrix [to, from].
torch::Tensor interpolationMatrix(int64_t from, int64_t to, const torch::TensorOptions& options) {
    const torch::Tensor unitLines = torch::eye(from, options).view({from, 1, from, 1});
    return F::interpolate(unitLines, F::InterpolateFuncOptions()
                                         .size(std::vector<int64_t>{to, 1})
                                         .mode(torch::kBicubic)
                                         .align_corners(false))
        .view({from, to})
        .t()
        .contiguous();
}

/// For an odd ratio, the rows of the enlarged line that the convolution around each picked one reads, in
/// order: [3·size].
torch::Tensor rowsAroundPicked(int64_t size, int64_t ratio, const torch::Device& device) {
    const auto options = torch::TensorOptions(device).dtype(torch::kInt64);
    const torch::Tensor picked = torch::arange(size, options) * ratio + ratio / 2;
    return (picked.unsqueeze(1) + torch::arange(-1, 2, options)).flatten();
}

/// map [S, C, H, W] → rows·map·columnsᵀ, [S, C, H', W'], for rows [H', H] and columns [W', W].
torch::Tensor resample(const torch::Tensor& map, const torch::Tensor& rows, const torch::Tensor& columns) {
    const torch::Tensor widened = torch::matmul(map, columns.t());  // [S, C, H, W']
    return torch::matmul(rows, widened.flatten(0, 1))
        .unflatten(0, torch::IntArrayRef{map.size(0), map.size(1)});
}

}  // namespace

torch::Tensor ScaledConvolution::forward(const torch::Tensor& map, const torch::Tensor& weight,
                                         const torch::Tensor& bias) {
    if (ratio_ == 1) return torch::gelu(torch::conv2d(map, weight, bias, 1, 1));
    prepare(map);
    const torch::Tensor enlarged = resample(map, vertical_.enlarge, horizontal_.enlarge);
    if (ratio_ % 2 == 1) return torch::gelu(torch::conv2d(enlarged, weight, bias, 3));  // of [S, C, 3H, 3W]
    const torch::Tensor convolved = torch::gelu(torch::conv2d(enlarged, weight, bias, 1, 1));
    return resample(convolved, vertical_.shrink, horizontal_.shrink);
}

ScaledConvolution::Axis ScaledConvolution::makeAxis(int64_t size, const torch::TensorOptions& options) const {
    const torch::Tensor enlarge = interpolationMatrix(size, ratio_ * size, options);
    if (ratio_ % 2 == 1)
        return {enlarge.index_select(0, rowsAroundPicked(size, ratio_, options.device())), {}};
    return {enlarge, interpolationMatrix(ratio_ * size, size, options)};
}

void ScaledConvolution::prepare(const torch::Tensor& map) {
    const auto fits = [&map](const Axis& axis, int64_t size) {
        return axis.enlarge.defined() && axis.enlarge.size(1) == size &&
               axis.enlarge.dtype() == map.dtype() && axis.enlarge.device() == map.device();
    };
    const torch::TensorOptions options = map.options().requires_grad(false);
    if (!fits(vertical_, map.size(2))) vertical_ = makeAxis(map.size(2), options);
    if (!fits(horizontal_, map.size(3))) horizontal_ = makeAxis(map.size(3), options);
}

}  // namespace finebrush::peft
