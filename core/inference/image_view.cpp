#include "core/inference/image_view.h"

#include "core/base/text.h"
#include "core/inference/reduced_precision.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace finebrush {

namespace {

// An adapter from elsewhere shall not ask for all memory or time.
constexpr int kLeastSide = 8;
constexpr int kMostLongSide = 4096;               ///< px: twice the largest input size that can be chosen
constexpr double kMostScale = 16;                 ///< twice the largest working scale that can be chosen
constexpr double kMostPixels = int64_t{1} << 27;  ///< of a view: those of the largest image read as a whole
constexpr size_t kMostViews = 8;
constexpr const char* kSource = "network";  ///< of the maps of every view
/// An image this much larger than the usual one is taken for a wider look at the same things, not for larger
/// things.
constexpr double kWiderLook = 2;

[[noreturn]] void refuse(const nlohmann::json& json, const std::string& why) {
    throw nlohmann::json::other_error::create(501, why, &json);
}

/// A number of an object that has to lie in a range, without what is behind its point.
int boundedNumber(const nlohmann::json& json, const char* key, int least, int most) {
    const auto number = json.at(key).get<double>();
    if (!(number >= least && number <= most)) refuse(json, formatted("“%s” is out of range", key));
    return static_cast<int>(number);
}

/// Cuts the padding off a map.
torch::Tensor withoutPadding(const torch::Tensor& map, const PreparedView& prepared) {
    const auto part = [](int64_t side, int valid, int padded) {
        return std::max<int64_t>(1, std::llround(double(side) * valid / padded));
    };
    return map.slice(2, 0, part(map.size(2), prepared.size.height, prepared.padded.height))
        .slice(3, 0, part(map.size(3), prepared.size.width, prepared.padded.width));
}

}  // namespace

PixelSize ViewPlan::sizeOf(const ImageView& view, PixelSize image) const {
    const int longer = std::max(image.width, image.height);
    const bool fixedScale = workingScale > 0 && !(view == views.front());
    double scale = workingScale;
    if (!fixedScale) {
        const bool wider = usualLongSide > 0 && longer > kWiderLook * usualLongSide;
        scale = double(view.longSide) / (wider ? usualLongSide : longer);
    }
    scale = std::min(scale, std::sqrt(kMostPixels / double(image.area())));
    const auto side = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(length * scale / sideMultiple))) * sideMultiple;
    };
    return {side(image.width), side(image.height)};
}

void to_json(nlohmann::json& json, const ViewPlan& plan) {
    nlohmann::json views = nlohmann::json::array();
    for (const ImageView& view : plan.views) {
        views.push_back({{"source", kSource}, {"long_side", view.longSide}, {"depth", view.depth}});
    }
    json = {{"views", std::move(views)},
            {"usual_long_side", plan.usualLongSide},
            {"working_scale", plan.workingScale}};
    // Left out where they are LiteMedSAM's, so that its adapters are as they always were.
    const ViewPlan usual;
    if (plan.inputRange != usual.inputRange) json["input_range"] = toText(plan.inputRange);
    if (plan.sideMultiple != usual.sideMultiple) json["side_multiple"] = plan.sideMultiple;
    if (plan.tileSide != usual.tileSide) json["tile_side"] = plan.tileSide;
}

void from_json(const nlohmann::json& json, ViewPlan& plan) {
    plan.views.clear();
    for (const nlohmann::json& view : json.at("views")) {
        if (view.at("source").get<std::string>() != kSource) refuse(json, "a view is of no network");
        plan.views.push_back({boundedNumber(view, "long_side", kLeastSide, kMostLongSide),
                              boundedNumber(view, "depth", 1, kWholeDepth)});
    }
    if (plan.views.empty() || plan.views.size() > kMostViews)
        refuse(json, "the number of views is out of range");
    if (plan.views.front().depth != kWholeDepth)
        refuse(json, "the first view does not reach the mask decoder");
    plan.usualLongSide = boundedNumber(json, "usual_long_side", 0, std::numeric_limits<int>::max());
    plan.workingScale = json.at("working_scale").get<double>();
    if (!(plan.workingScale >= 0 && plan.workingScale <= kMostScale))
        refuse(json, "the working scale is out of range");
    const std::string text = json.value("input_range", toText(InputRange()));
    const std::optional<InputRange> range = inputRangeFromText(text);
    if (!range) refuse(json, "the input range is not known");
    plan.inputRange = *range;
    const ViewPlan usual;
    plan.sideMultiple = json.value("side_multiple", usual.sideMultiple);
    plan.tileSide = json.value("tile_side", usual.tileSide);
    const bool isSound = plan.sideMultiple >= kLeastSide && plan.tileSide >= plan.sideMultiple &&
                         plan.tileSide <= kMostLongSide && plan.tileSide % plan.sideMultiple == 0;
    if (!isSound) refuse(json, "the size of a tile is out of range");
}

PreparedView prepareView(const ImageView& view, const torch::Tensor& image, const peft::AdaptedSam& network) {
    const torch::NoGradGuard noGradient;
    const PixelSize size{static_cast<int>(image.size(2)), static_cast<int>(image.size(1))};
    const torch::Device device = network.device();
    const ReducedPrecision fast(device);
    const sam::Sam& base = network.base();
    const torch::Tensor batch = image.unsqueeze(0).to(device);  // [1, 3, h, w]
    if (base->image_encoder->takesAnySize()) return {network.frozenPart(base->normalised(batch)), size, size};
    // A tile may be larger than the view's image.
    const auto patch = static_cast<int>(base->description.encoder.patchSize);
    const int longest = std::max({view.longSide, size.width, size.height});
    const int side = (longest + patch - 1) / patch * patch;
    return {network.frozenPart(base->preprocess(batch, side)), size, {side, side}};
}

ViewMaps mapsOf(const ImageView& view, const PreparedView& prepared, peft::AdaptedSam& network) {
    const ReducedPrecision fast(network.device());
    const sam::EncoderOutput output = network.encode(prepared.frozen, view.depth);
    ViewMaps maps;
    for (const torch::Tensor& stage : output.stages) {
        maps.used.push_back(withoutPadding(stage, prepared).to(torch::kFloat32));
    }
    if (!output.embedding.defined()) return maps;
    maps.embedding = withoutPadding(output.embedding, prepared).to(torch::kFloat32);
    maps.used.push_back(maps.embedding);
    return maps;
}

}  // namespace finebrush
