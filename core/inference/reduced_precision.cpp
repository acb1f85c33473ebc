#include "core/inference/reduced_precision.h"

#include <ATen/autocast_mode.h>

namespace finebrush {

namespace {

bool multipliesBfloat16() {
#ifdef __x86_64__
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

}  // namespace

ReducedPrecision::ReducedPrecision(const torch::Device& device)
    : before_(at::autocast::is_autocast_enabled(at::kCPU)) {
    if (!device.is_cpu() || !multipliesBfloat16()) return;
    at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    at::autocast::set_autocast_enabled(at::kCPU, true);
}

ReducedPrecision::~ReducedPrecision() {
    at::autocast::set_autocast_enabled(at::kCPU, before_);
    // The cast weights are kept by autocast for one pass; the next pass may see other ones.
    if (!before_) at::autocast::clear_cache();
}

}  // namespace finebrush
