#include "core/selftest/golden_check.h"

#include "core/base/files.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/selftest/golden_kinds.h"

#include <algorithm>
#include <exception>
#include <functional>

namespace finebrush {

namespace {

using Check = std::function<std::vector<TensorVerdict>(const GoldenFile&)>;

/// The check for what a file holds; none for a file of another kind.
Check checkFor(const GoldenFile& golden, const std::filesystem::path& liteMedSam) {
    if (golden.contains("train.cotangent")) return checkConvLora;
    if (golden.contains("eval.gates")) return checkMoeGate;
    if (golden.contains("losses")) return checkTrajectory;
    if (golden.contains("structure.loss")) return checkLosses;
    if (golden.contains("fm_curve")) return checkSaliencyMetrics;
    if (golden.contains("boxes")) {
        return [liteMedSam](const GoldenFile& file) { return checkLiteMedSam(file, liteMedSam); };
    }
    if (golden.contains("image_embedding")) return checkSmallSam;
    return nullptr;
}

GoldenVerdict checkFile(const std::filesystem::path& path, const std::filesystem::path& liteMedSam) {
    GoldenVerdict verdict{utf8(path.filename()), {}, {}, {}};
    auto named = readCheckpoint(path);
    if (!named) {
        verdict.problem = describe(named.error());
        return verdict;
    }
    const GoldenFile golden(std::move(*named));
    const Check check = checkFor(golden, liteMedSam);
    if (!check) {
        verdict.skipped = "it is of no known kind";
    } else if (golden.contains("boxes") && liteMedSam.empty()) {
        verdict.skipped = "it needs the checkpoint of LiteMedSAM";
    } else {
        try {
            verdict.tensors = check(golden);
        } catch (const c10::Error& failure) {
            verdict.problem = failure.what_without_backtrace();
        } catch (const std::exception& failure) {
            verdict.problem = failure.what();
        }
    }
    return verdict;
}

}  // namespace

bool GoldenVerdict::passed() const {
    return problem.empty() && std::ranges::all_of(tensors, &TensorVerdict::passed);
}

Result<std::vector<GoldenVerdict>> checkGoldenFolder(const std::filesystem::path& folder,
                                                     const std::filesystem::path& liteMedSam) {
    const auto files = filesIn(folder);
    if (!files) return failure(files.error());
    std::vector<GoldenVerdict> verdicts;
    for (const std::filesystem::path& file : *files) {
        if (file.extension() == ".safetensors") verdicts.push_back(checkFile(file, liteMedSam));
    }
    return verdicts;
}

}  // namespace finebrush
