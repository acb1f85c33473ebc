#include "core/exporters/coco_rle.h"

namespace finebrush {

namespace {

void appendNumber(int64_t number, std::string& text) {
    constexpr int64_t kBits = 0x1f, kSign = 0x10, kMore = 0x20, kFirstCharacter = 48;
    bool more = true;
    while (more) {
        int64_t character = number & kBits;
        number >>= 5;
        more = (character & kSign) ? number != -1 : number != 0;
        if (more) character |= kMore;
        text += static_cast<char>(character + kFirstCharacter);
    }
}

}  // namespace

std::vector<int64_t> cocoRuns(const LabelRegion& region, PixelSize imageSize) {
    std::vector<int64_t> runs;
    int64_t end = 0;  // of the last run
    for (int x = region.box.x; x < region.box.right(); ++x) {
        for (int y = region.box.y; y < region.box.bottom(); ++y) {
            if (!region.contains(x, y)) continue;
            const int64_t position = int64_t{x} * imageSize.height + y;
            if (position > end || runs.empty()) {
                runs.push_back(position - end);
                runs.push_back(0);
            }
            ++runs.back();
            end = position + 1;
        }
    }
    if (end < imageSize.area()) runs.push_back(imageSize.area() - end);
    return runs;
}

std::string compressedCocoRuns(std::span<const int64_t> runs) {
    std::string text;
    for (size_t i = 0; i < runs.size(); ++i) appendNumber(i > 2 ? runs[i] - runs[i - 2] : runs[i], text);
    return text;
}

}  // namespace finebrush
