#include "core/exporters/label_regions.h"

#include "core/base/files.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace finebrush {

namespace {

/// True at each value that occurs.
std::array<bool, 256> valuesIn(const IndexMask& mask) {
    std::array<bool, 256> occurs{};
    for (const uint8_t value : mask.values) occurs[value] = true;
    occurs[kUnlabelled] = false;
    return occurs;
}

bool visitRegionsOf(uint8_t value, const cv::Mat& values,
                    const std::function<bool(const LabelRegion&)>& visit) {
    constexpr int kCornersConnect = 8;
    cv::Mat components, statistics, centres;
    const int count = cv::connectedComponentsWithStats(values == value, components, statistics, centres,
                                                       kCornersConnect, CV_32S);
    for (int component = 1; component < count; ++component) {
        const int* row = statistics.ptr<int>(component);
        LabelRegion region{
            value,
            {row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH], row[cv::CC_STAT_HEIGHT]},
            {},
            row[cv::CC_STAT_AREA]};
        const RectInImage& box = region.box;
        region.inside.reserve(static_cast<size_t>(box.area()));
        for (int y = box.y; y < box.bottom(); ++y) {
            const int* labels = components.ptr<int>(y);
            for (int x = box.x; x < box.right(); ++x) region.inside.push_back(labels[x] == component ? 1 : 0);
        }
        if (!visit(region)) return false;
    }
    return true;
}

}  // namespace

bool visitRegions(const IndexMask& mask, const std::function<bool(const LabelRegion&)>& visit) {
    // OpenCV has no constant matrix; the comparison only reads its source.
    const cv::Mat values(mask.size.height, mask.size.width, CV_8UC1,
                         const_cast<uint8_t*>(mask.values.data()));
    const std::array<bool, 256> occurs = valuesIn(mask);
    for (int value = 0; value < 256; ++value) {
        if (!occurs[static_cast<size_t>(value)]) continue;
        if (!visitRegionsOf(static_cast<uint8_t>(value), values, visit)) return false;
    }
    return true;
}

Result<void> requireKnownClasses(const LabelMap& labels, const ClassTable& classes,
                                 const std::filesystem::path& file) {
    const std::array<int64_t, 256> counts = labels.histogram();
    for (int value = 0; value < kUnlabelled; ++value) {
        if (counts[static_cast<size_t>(value)] > 0 && !classes.findValue(static_cast<uint8_t>(value))) {
            return failure(ErrorCode::LabelsUnknownClass, {utf8(file), std::to_string(value)});
        }
    }
    return {};
}

}  // namespace finebrush
