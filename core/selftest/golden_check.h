#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace finebrush {

/// How one tensor agrees with the reference.
struct TensorVerdict {
    std::string tensor;
    /// The largest absolute difference, as a part of the reference's largest absolute value; infinite where
    /// shapes differ, where a value is not finite, and where only one side has the tensor.
    double difference = 0;
    double tolerance = 0;

    bool passed() const { return difference <= tolerance; }
};

/// How a golden file's computation agrees.
struct GoldenVerdict {
    std::string file;                    ///< its name
    std::string skipped;                 ///< why it was not checked; empty where it was
    std::string problem;                 ///< why it could not be computed; empty where it could
    std::vector<TensorVerdict> tensors;  ///< in the order of computing

    bool passed() const;
};

/// The tolerances of the reference, as parts of a tensor's largest value.
inline constexpr double kForwardTolerance = 1e-4;
inline constexpr double kGradientTolerance = 1e-3;

/// Computes what the golden files (`*.safetensors`) of a folder hold, from the inputs and weights in them,
/// and compares: Conv-LoRA layers, gates, networks with their prompts, losses, saliency measures, a training
/// trajectory. The tensors in a file tell what it is, so files of other seeds do as well; unknown ones are
/// skipped. `liteMedSam` is the checkpoint that the file of the real network needs; without it that file is
/// skipped. Sorted by name. Blocks for some seconds. Errors: FileMissing, FileNotReadable.
Result<std::vector<GoldenVerdict>> checkGoldenFolder(const std::filesystem::path& folder,
                                                     const std::filesystem::path& liteMedSam);

}  // namespace finebrush
