#include "core/sam/neck.h"

#include "core/sam/common.h"

namespace finebrush::sam {

torch::nn::Sequential makeNeck(int64_t in, int64_t out) {
    const auto convolution = [out](int64_t channels, int64_t kernel) {
        return torch::nn::Conv2d(
            torch::nn::Conv2dOptions(channels, out, kernel).padding(kernel / 2).bias(false));
    };
    return torch::nn::Sequential(convolution(in, 1), LayerNorm2d(out), convolution(out, 3), LayerNorm2d(out));
}

}  // namespace finebrush::sam
