#pragma once

#include "core/selftest/golden_file.h"

#include <filesystem>
#include <vector>

namespace finebrush {

// The computations that golden files hold, one function a kind. Each throws where the file lacks something.

std::vector<TensorVerdict> checkConvLora(const GoldenFile& golden);
std::vector<TensorVerdict> checkMoeGate(const GoldenFile& golden);
std::vector<TensorVerdict> checkSmallSam(const GoldenFile& golden);
std::vector<TensorVerdict> checkLiteMedSam(const GoldenFile& golden, const std::filesystem::path& checkpoint);
std::vector<TensorVerdict> checkLosses(const GoldenFile& golden);
std::vector<TensorVerdict> checkSaliencyMetrics(const GoldenFile& golden);
std::vector<TensorVerdict> checkTrajectory(const GoldenFile& golden);

}  // namespace finebrush
