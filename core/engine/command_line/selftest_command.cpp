#include "core/engine/command_line/selftest_command.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/engine/model_catalog.h"
#include "core/selftest/golden_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

/// JSON knows no infinity: a tensor that is missing or of another shape has no difference.
nlohmann::json number(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

const char* verdictName(const GoldenVerdict& verdict) {
    if (!verdict.skipped.empty()) return "skipped";
    return verdict.passed() ? "passed" : "failed";
}

nlohmann::ordered_json toJson(const GoldenVerdict& verdict) {
    nlohmann::ordered_json tensors = nlohmann::ordered_json::array();
    for (const TensorVerdict& tensor : verdict.tensors) {
        tensors.push_back({{"tensor", tensor.tensor},
                           {"difference", number(tensor.difference)},
                           {"tolerance", tensor.tolerance},
                           {"passed", tensor.passed()}});
    }
    return {{"file", verdict.file},
            {"verdict", verdictName(verdict)},
            {"reason", verdict.skipped.empty() ? verdict.problem : verdict.skipped},
            {"tensors", std::move(tensors)}};
}

void print(const GoldenVerdict& verdict, std::ostream& out) {
    out << formatted("%-8s %s", verdictName(verdict), verdict.file.c_str());
    if (!verdict.skipped.empty()) out << ": " << verdict.skipped;
    if (!verdict.problem.empty()) out << ": " << verdict.problem;
    out << '\n';
    for (const TensorVerdict& tensor : verdict.tensors) {
        out << formatted("  %-4s %-60s %.2e (tolerance %.0e)\n", tensor.passed() ? "ok" : "FAIL",
                         tensor.tensor.c_str(), tensor.difference, tensor.tolerance);
    }
}

}  // namespace

Result<void> selftest(const SelftestOptions& options, std::ostream& out) {
    const auto checkpoint = defaultCheckpoint();
    const auto verdicts = checkGoldenFolder(options.golden, checkpoint.value_or(std::filesystem::path()));
    if (!verdicts) return failure(verdicts.error());

    const auto failed = std::count_if(verdicts->begin(), verdicts->end(), [](const GoldenVerdict& verdict) {
        return verdict.skipped.empty() && !verdict.passed();
    });
    const bool isAnyTested =
        std::ranges::any_of(*verdicts, [](const GoldenVerdict& verdict) { return verdict.skipped.empty(); });
    if (options.json) {
        nlohmann::ordered_json files = nlohmann::ordered_json::array();
        for (const GoldenVerdict& verdict : *verdicts) files.push_back(toJson(verdict));
        out << nlohmann::ordered_json{{"passed", isAnyTested && failed == 0}, {"files", std::move(files)}}
                   .dump(2)
            << '\n';
    } else {
        for (const GoldenVerdict& verdict : *verdicts) print(verdict, out);
    }
    if (!isAnyTested) return failure(ErrorCode::GoldenMissing, {utf8(options.golden)});
    if (failed > 0) {
        return failure(ErrorCode::SelftestFailed,
                       {utf8(options.golden), std::to_string(failed), std::to_string(verdicts->size())});
    }
    return {};
}

}  // namespace finebrush
