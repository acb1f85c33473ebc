#include "core/importers/coco_runs.h"

namespace finebrush {

std::optional<std::vector<int64_t>> cocoRunsFrom(std::string_view text) {
    constexpr int kFirstCharacter = 48, kCharacters = 64, kMaxShift = 55;
    std::vector<int64_t> runs;
    for (size_t at = 0; at < text.size();) {
        uint64_t number = 0;
        int shift = 0;
        for (bool more = true; more; shift += 5) {
            if (at == text.size() || shift > kMaxShift) return std::nullopt;
            const int character = text[at++] - kFirstCharacter;
            if (character < 0 || character >= kCharacters) return std::nullopt;
            number |= static_cast<uint64_t>(character & 0x1f) << shift;
            more = (character & 0x20) != 0;
            if (!more && (character & 0x10)) number |= ~uint64_t{0} << (shift + 5);
        }
        auto run = static_cast<int64_t>(number);
        if (runs.size() > 2) run += runs[runs.size() - 2];
        if (run < 0) return std::nullopt;
        runs.push_back(run);
    }
    return runs;
}

}  // namespace finebrush
