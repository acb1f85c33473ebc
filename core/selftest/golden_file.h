#pragma once

#include "core/checkpoint/named_tensors.h"
#include "core/selftest/golden_check.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace finebrush {

/// The content of a golden file. What is asked for and not there throws std::runtime_error.
class GoldenFile {
  public:
    explicit GoldenFile(NamedTensors named) : named_(std::move(named)) {}

    bool contains(const std::string& name) const { return named_.tensors.contains(name); }
    torch::Tensor tensor(const std::string& name) const;
    /// The tensors below "<prefix>.".
    NamedTensors below(const std::string& prefix) const { return tensorsBelow(named_, prefix + "."); }

    int64_t integer(const std::string& key) const;
    int64_t integerOr(const std::string& key, int64_t otherwise) const;
    double number(const std::string& key) const;

  private:
    const std::string& setting(const std::string& key) const;

    NamedTensors named_;
};

/// Collects verdicts against one golden file.
class Comparison {
  public:
    explicit Comparison(const GoldenFile& golden) : golden_(golden) {}

    /// Compares with the golden tensor of that name.
    void forward(const std::string& name, const torch::Tensor& computed) {
        compare(name, computed, kForwardTolerance);
    }
    /// The same for a gradient; undefined must match a tensor that the file does not have.
    void gradient(const std::string& name, const torch::Tensor& computed);
    void compare(const std::string& name, const torch::Tensor& computed, double tolerance);

    std::vector<TensorVerdict> verdicts() && { return std::move(verdicts_); }

  private:
    const GoldenFile& golden_;
    std::vector<TensorVerdict> verdicts_;
};

/// The largest absolute difference as a part of the reference's largest absolute value (see TensorVerdict).
/// Sizes of 1 do not count in comparing shapes.
double relativeDifference(const torch::Tensor& computed, const torch::Tensor& reference);

}  // namespace finebrush
