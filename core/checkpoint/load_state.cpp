#include "core/checkpoint/load_state.h"

#include <algorithm>
#include <sstream>

namespace finebrush {

namespace {

constexpr size_t kNamesShown = 3;
constexpr size_t kNamesListed = 200;

/// "12 tensors are missing (a, b, c, ...)"
std::string clause(const std::vector<std::string>& names, const std::string& what) {
    std::string text =
        std::to_string(names.size()) + (names.size() == 1 ? " tensor is " : " tensors are ") + what + " (";
    for (size_t i = 0; i < std::min(names.size(), kNamesShown); ++i) {
        if (i > 0) text += ", ";
        text += names[i];
    }
    text += names.size() > kNamesShown ? ", ...)" : ")";
    return text;
}

std::string shapesOf(const LoadReport::WrongShape& wrong) {
    std::ostringstream text;
    text << wrong.name << ": " << torch::IntArrayRef(wrong.inCheckpoint) << " instead of "
         << torch::IntArrayRef(wrong.inModule);
    return text.str();
}

/// A heading and one name a line, for those who look for the reason.
void appendLines(std::string& text, const char* heading, const std::vector<std::string>& names) {
    if (names.empty()) return;
    text += heading;
    for (size_t i = 0; i < std::min(names.size(), kNamesListed); ++i) text += "\n  " + names[i];
    if (names.size() > kNamesListed)
        text += "\n  and " + std::to_string(names.size() - kNamesListed) + " more";
    text += '\n';
}

bool isContinuous(const torch::Tensor& tensor) {
    return torch::isFloatingType(tensor.scalar_type()) || torch::isComplexType(tensor.scalar_type());
}

}  // namespace

bool LoadReport::fits() const {
    return missing.empty() && unexpected.empty() && wrongShape.empty() && wrongType.empty();
}

NamedTensors stateOf(const torch::nn::Module& module) {
    NamedTensors state;
    for (const auto& entry : module.named_parameters()) state.tensors.insert(entry.key(), entry.value());
    for (const auto& entry : module.named_buffers()) state.tensors.insert(entry.key(), entry.value());
    return state;
}

LoadReport compareState(const torch::nn::Module& module, const NamedTensors& named) {
    LoadReport report;
    const NamedTensors state = stateOf(module);
    for (const auto& entry : state.tensors) {
        const torch::Tensor* const given = named.tensors.find(entry.key());
        if (!given) {
            report.missing.push_back(entry.key());
        } else if (given->sizes() != entry.value().sizes()) {
            report.wrongShape.push_back({entry.key(), entry.value().sizes().vec(), given->sizes().vec()});
        } else if (isContinuous(*given) != isContinuous(entry.value())) {
            report.wrongType.push_back(entry.key());
        }
    }
    for (const auto& entry : named.tensors) {
        if (!state.tensors.contains(entry.key())) report.unexpected.push_back(entry.key());
    }
    return report;
}

std::string summary(const LoadReport& report) {
    std::vector<std::string> shapes;
    for (const LoadReport::WrongShape& wrong : report.wrongShape) shapes.push_back(shapesOf(wrong));

    std::string text;
    const auto add = [&](const std::vector<std::string>& names, const char* what) {
        if (names.empty()) return;
        if (!text.empty()) text += "; ";
        text += clause(names, what);
    };
    add(report.missing, "missing");
    add(report.unexpected, "unexpected");
    add(shapes, "of another shape");
    add(report.wrongType, "of another kind of number");
    return text;
}

std::string listing(const LoadReport& report) {
    std::vector<std::string> shapes;
    for (const LoadReport::WrongShape& wrong : report.wrongShape) shapes.push_back(shapesOf(wrong));
    std::string text;
    appendLines(text, "missing:", report.missing);
    appendLines(text, "unexpected:", report.unexpected);
    appendLines(text, "of another shape:", shapes);
    appendLines(text, "of another kind of number:", report.wrongType);
    return text;
}

Result<void> checkValues(const NamedTensors& named, ErrorCode code, const std::string& source) {
    std::vector<std::string> empty;
    std::vector<std::string> broken;
    for (const auto& entry : named.tensors) {
        const torch::Tensor& tensor = entry.value();
        if (tensor.numel() == 0) {
            empty.push_back(entry.key());
        } else if (isContinuous(tensor) && !torch::isfinite(tensor).all().item<bool>()) {
            broken.push_back(entry.key());
        }
    }
    if (empty.empty() && broken.empty()) return {};
    std::string reason = empty.empty() ? std::string() : clause(empty, "empty");
    if (!broken.empty()) {
        if (!reason.empty()) reason += "; ";
        reason += clause(broken, "holding values that are no numbers");
    }
    std::string details;
    if (std::max(empty.size(), broken.size()) > kNamesShown) {
        appendLines(details, "empty:", empty);
        appendLines(details, "holding values that are no numbers:", broken);
    }
    return failure(code, {source, reason}, details);
}

Result<void> loadState(torch::nn::Module& module, const NamedTensors& named, const std::string& source) {
    const LoadReport report = compareState(module, named);
    if (!report.fits())
        return failure(ErrorCode::CheckpointMismatch, {source, summary(report)}, listing(report));
    const torch::NoGradGuard noGradient;
    for (auto& entry : stateOf(module).tensors) entry.value().copy_(named.tensors[entry.key()]);
    return {};
}

}  // namespace finebrush
