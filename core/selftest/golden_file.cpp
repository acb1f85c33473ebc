#include "core/selftest/golden_file.h"

#include <limits>
#include <sstream>
#include <stdexcept>

namespace finebrush {

torch::Tensor GoldenFile::tensor(const std::string& name) const {
    const torch::Tensor* found = named_.tensors.find(name);
    if (!found) throw std::runtime_error("the file holds no tensor '" + name + "'");
    return *found;
}

const std::string& GoldenFile::setting(const std::string& key) const {
    const auto found = named_.metadata.find(key);
    if (found == named_.metadata.end()) throw std::runtime_error("the file's metadata lacks '" + key + "'");
    return found->second;
}

int64_t GoldenFile::integer(const std::string& key) const {
    return std::stoll(setting(key));
}

int64_t GoldenFile::integerOr(const std::string& key, int64_t otherwise) const {
    return named_.metadata.contains(key) ? integer(key) : otherwise;
}

double GoldenFile::number(const std::string& key) const {
    return std::stod(setting(key));
}

void Comparison::gradient(const std::string& name, const torch::Tensor& computed) {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    if (golden_.contains(name) && computed.defined()) {
        compare(name, computed, kGradientTolerance);
    } else if (golden_.contains(name) || computed.defined()) {
        verdicts_.push_back({name, kNever, kGradientTolerance});
    }
}

void Comparison::compare(const std::string& name, const torch::Tensor& computed, double tolerance) {
    verdicts_.push_back({name, relativeDifference(computed, golden_.tensor(name)), tolerance});
}

double relativeDifference(const torch::Tensor& computed, const torch::Tensor& reference) {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    constexpr double kSmallest = 1e-12;  // so that an all-zero reference can be agreed with
    const torch::Tensor ours = computed.detach().cpu().to(torch::kFloat64).squeeze();
    const torch::Tensor theirs = reference.detach().cpu().to(torch::kFloat64).squeeze();
    if (ours.sizes() != theirs.sizes()) return kNever;
    if (ours.numel() == 0) return 0;
    const auto difference = (ours - theirs).abs().max().item<double>();
    const auto largest = theirs.abs().max().item<double>();
    return std::isfinite(difference) ? difference / std::max(largest, kSmallest) : kNever;
}

}  // namespace finebrush
