#include "core/inference/image_view.h"

#include "tests/core/sam/network_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(ViewPlan, ComesBackFromJson) {
    ViewPlan plan{{{512}, {1024, 3}}, 700, 0.5};
    EXPECT_EQ(nlohmann::json(plan).get<ViewPlan>(), plan);
    plan.inputRange = {InputRange::Kind::Bytes};
    plan.sideMultiple = 16;
    plan.tileSide = 3072;
    EXPECT_EQ(nlohmann::json(plan).get<ViewPlan>(), plan);
}

TEST(ViewPlan, OfAnOlderAdapterOrOfLiteMedSamTellsTheViewsAlone) {
    const nlohmann::json json = ViewPlan{{{256}}};
    EXPECT_EQ(json.size(), 3u) << json;
    const auto plan = json.get<ViewPlan>();
    EXPECT_EQ(plan.inputRange, InputRange());
    EXPECT_EQ(plan.sideMultiple, 8);
    EXPECT_EQ(plan.tileSide, 768);
}

TEST(ViewPlan, TilesThatWouldTakeAllMemoryOrPartsOfTokensAreRefused) {
    for (const auto& [sideMultiple, tileSide] :
         {std::pair{0, 768}, std::pair{-8, 768}, std::pair{8, 0}, std::pair{8, 1 << 20}, std::pair{16, 760},
          std::pair{1 << 20, 1 << 20}}) {
        nlohmann::json json = ViewPlan{{{256}}};
        json["side_multiple"] = sideMultiple;
        json["tile_side"] = tileSide;
        EXPECT_THROW(json.get<ViewPlan>(), nlohmann::json::exception) << sideMultiple << ' ' << tileSide;
    }
}

TEST(MapsOf, TheFeatureOfASpotLiesWhereTheSpotIs) {
    const sam::Sam base = testing::frozenNetwork(testing::smallMobileSamDescription());
    const auto network = peft::AdaptedSam::make(base, {}, 2);
    ASSERT_TRUE(network) << describe(network.error());
    const torch::NoGradGuard noGradient;
    const ImageView view{256};
    ViewPlan plan{{view}};
    plan.sideMultiple = 16;
    const PixelSize size = plan.sizeOf(view, {97, 61});
    EXPECT_EQ(size, (PixelSize{256, 160}));
    const torch::Tensor dark = torch::zeros({3, size.height, size.width});
    torch::Tensor spot = dark.clone();
    spot.slice(1, 112, 144).slice(2, 208, 240).fill_(1);  // middle (224, 128)
    const auto mapsOfImage = [&](const torch::Tensor& image) {
        return mapsOf(view, prepareView(view, image, **network), **network).used;
    };
    const std::vector<torch::Tensor> without = mapsOfImage(dark), with = mapsOfImage(spot);
    for (size_t i = 0; i < with.size(); ++i) {
        const int64_t stride = size.width / with[i].size(3);
        EXPECT_EQ(with[i].size(3) * stride, size.width) << i;
        EXPECT_EQ(with[i].size(2) * stride, size.height) << i;
    }
    const torch::Tensor change = (with[0] - without[0]).abs().sum(1)[0];  // [h, w] of the stem, stride 8
    const auto middle = [&](int64_t side) {
        const torch::Tensor shares = change.sum(1 - side) / change.sum();
        return (shares * (torch::arange(shares.size(0)) + 0.5)).sum().item<double>() * 8;
    };
    EXPECT_NEAR(middle(1), 224, 8) << "a token: its convolutions look to the upper left";
    EXPECT_NEAR(middle(0), 128, 8);
}

TEST(ViewPlan, ViewsThatWouldTakeAllMemoryAreRefused) {
    for (const int longSide : {-1, 0, 5000, 1 << 30}) {
        const nlohmann::json json = ViewPlan{{{longSide}}};
        EXPECT_THROW(json.get<ViewPlan>(), nlohmann::json::exception) << longSide;
    }
}

TEST(ViewPlan, ScalesDepthsAndNumbersOfViewsThatAreNoneAreRefused) {
    const nlohmann::json sound = ViewPlan{{{256}}, 300, 2};
    EXPECT_NO_THROW(sound.get<ViewPlan>());
    const auto expectRefused = [&](const char* place, const nlohmann::json& value) {
        nlohmann::json json = sound;
        json[nlohmann::json::json_pointer(place)] = value;
        EXPECT_THROW(json.get<ViewPlan>(), nlohmann::json::exception) << place << ' ' << value;
    };
    for (const double scale : {-1.0, 17.0, 1e300}) expectRefused("/working_scale", scale);
    for (const double side : {-1.0, 1e10}) expectRefused("/usual_long_side", side);
    for (const int depth : {-1, 0, 3, kWholeDepth + 1}) expectRefused("/views/0/depth", depth);
    expectRefused("/views/0/source", "pixels");
    expectRefused("/views", nlohmann::json::array());
    expectRefused("/views", std::vector<nlohmann::json>(9, sound["views"][0]));
}

TEST(ViewPlan, NoViewTakesAllMemory) {
    const ImageView view{4096};
    const ViewPlan small{{view}, 1};
    const PixelSize size = small.sizeOf(view, {6000, 3000});
    EXPECT_NEAR(double(size.area()), 1 << 27, 1e6);
    EXPECT_NEAR(size.width, 2 * size.height, 16);
    const PixelSize narrow = small.sizeOf(view, {65500, 1});
    EXPECT_GT(narrow.width, 0);
    EXPECT_NEAR(double(narrow.area()), 1 << 27, 1 << 25);
    const ViewPlan usual{{view}, 1000};
    EXPECT_EQ(usual.sizeOf(view, {512, 256}), (PixelSize{4096, 2048})) << "as the view says";
}

}  // namespace
}  // namespace finebrush
