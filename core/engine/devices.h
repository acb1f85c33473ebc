#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace finebrush {

/// Opens libtorch_cuda where the LibTorch beside us has it, so that one binary serves machines with and
/// without a GPU. Call once, before any other use of LibTorch.
void openCudaLibraries();

/// The CPU first, then each CUDA device.
std::vector<messages::DeviceInfo> availableDevices();

/// "auto" (the first GPU, or the CPU), "cpu", "cuda" or "cuda:N". Errors: DeviceMissing.
Result<torch::Device> deviceNamed(const std::string& name);

/// Threads that LibTorch uses when `wanted` is 0 or less: one per core.
int useThreads(int wanted);

}  // namespace finebrush
