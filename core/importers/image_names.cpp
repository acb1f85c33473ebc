#include "core/importers/image_names.h"

#include "core/base/files.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace finebrush {

namespace {

constexpr std::string_view kLabelEndings[] = {"_mask", "_masks", "_label", "_labels", "_seg", "-labels"};

std::string withoutLabelEnding(const std::string& stem) {
    for (const std::string_view ending : kLabelEndings) {
        if (stem.size() > ending.size() && stem.ends_with(ending))
            return stem.substr(0, stem.size() - ending.size());
    }
    return stem;
}

/// How many names at the ends of two paths are one.
size_t commonEnd(const std::filesystem::path& first, const std::filesystem::path& second) {
    const std::vector<std::filesystem::path> a(first.begin(), first.end()), b(second.begin(), second.end());
    const auto [end, other] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    return static_cast<size_t>(std::distance(a.rbegin(), end));
}

}  // namespace

std::optional<size_t> targetNamed(const std::string& name, const std::vector<ImportTarget>& targets) {
    std::string text = name;
    std::ranges::replace(text, '\\', '/');  // labels written on Windows
    const ImageAddress asked = addressFromText(text);
    const std::string stem = withoutLabelEnding(stemOf(asked));
    std::optional<size_t> best;
    size_t bestAgreement = 0;
    bool isUnique = true;
    for (size_t i = 0; i < targets.size(); ++i) {
        const ImageAddress& address = targets[i].address;
        const auto isMeant = [&](const std::string& own) { return own == stem || own == stemOf(asked); };
        const bool isNamed = isMeant(stemOf(address));
        if (!isNamed && (asked.slice || !isMeant(stemOf(address.file)))) continue;
        // The stem of the slice says more than that of its volume, and the whole file name, slice included,
        // more than the stem; then each folder above it.
        const bool isSameSlice = isNamed && asked.slice == address.slice;
        const size_t agreement =
            (isNamed ? 2U : 1U) + (isSameSlice ? commonEnd(asked.file, address.file) : 0);
        if (agreement == bestAgreement) isUnique = false;
        if (agreement <= bestAgreement) continue;
        best = i;
        bestAgreement = agreement;
        isUnique = true;
    }
    return isUnique ? best : std::nullopt;
}

}  // namespace finebrush
