#include "core/training/checkpoint/request_fingerprint.h"

#include "tests/core/sam/network_fixtures.h"

#include <gtest/gtest.h>

#include <functional>

namespace finebrush::training {
namespace {

TrainingRequest sampleRequest() {
    TrainingRequest request;
    request.classes = {{"g", "ground", "#000000", 0}, {"d", "disc", "#ff0000", 3}};
    request.images = {{"one", {{2, 1}, 1, PixelType::UInt8, {1, 2}, {}}, {{2, 1}, {0, 3}}}};
    return request;
}

TEST(RequestFingerprint, TellsEachPartThatDecidesTheSteps) {
    sam::Sam base(testing::smallTinyVitDescription());
    base->checkpointSha256 = "abc";
    const RequestFingerprint plain = fingerprintOf(sampleRequest(), base);
    EXPECT_EQ(differingPart(plain, fingerprintOf(sampleRequest(), base)), "");
    const auto partAfter = [&](const std::function<void(TrainingRequest&)>& change) {
        TrainingRequest request = sampleRequest();
        change(request);
        return differingPart(plain, fingerprintOf(request, base));
    };
    EXPECT_EQ(partAfter([](auto& request) { request.images[0].pixels.bytes[1] = 9; }), "images");
    EXPECT_EQ(partAfter([](auto& request) { request.images[0].pixels.nodata = 0; }), "images");
    EXPECT_EQ(partAfter([](auto& request) { request.images[0].labels.values[1] = 0; }), "labels");
    EXPECT_EQ(partAfter([](auto& request) { request.classes[1].value = 4; }), "classes");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.rank = 8; }), "options");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.minutes = 1; }), "options");
    EXPECT_EQ(partAfter([](auto& request) { request.options.patience = 1; }), "options");
    EXPECT_EQ(partAfter([](auto& request) { request.options.adapterRate = 1e-4; }), "options");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.keep = messages::Keep::Adapted; }), "options");
    EXPECT_EQ(partAfter([](auto& request) {
                  request.start = StartAdapter{{{"file", {1}}}, "it"};
              }),
              "options");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.seed = 1; }), "seed");
    EXPECT_EQ(partAfter([](auto& request) { request.images[0].imageId = "moved"; }), "");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.start = "/moved"; }), "");
    EXPECT_EQ(partAfter([](auto& request) { request.settings.method = "bitfit"; }), "options");
    TrainingRequest bitfit = sampleRequest();
    bitfit.settings.method = "bitfit";
    const RequestFingerprint asked = fingerprintOf(bitfit, base);
    bitfit.settings.rank = 8;
    EXPECT_EQ(differingPart(asked, fingerprintOf(bitfit, base)), "") << "the method does not look at it";
    EXPECT_EQ(partAfter([](auto& request) { request.settings.device = "cpu"; }), "") << "it is the same";
    TrainingRequest started = sampleRequest();
    started.start = StartAdapter{{{"file", {1}}}, "it"};
    const RequestFingerprint fromOne = fingerprintOf(started, base);
    started.start = StartAdapter{{{"file", {1}}}, "moved"};
    EXPECT_EQ(differingPart(fromOne, fingerprintOf(started, base)), "");
    started.start = StartAdapter{{{"file", {2}}}, "it"};
    EXPECT_EQ(differingPart(fromOne, fingerprintOf(started, base)), "options");

    base->checkpointSha256 = "def";
    EXPECT_EQ(differingPart(plain, fingerprintOf(sampleRequest(), base)), "model");
    base->checkpointSha256 = "abc";
    const int threads = torch::get_num_threads();
    torch::set_num_threads(threads + 1);
    EXPECT_EQ(differingPart(plain, fingerprintOf(sampleRequest(), base)), "threads");
    torch::set_num_threads(threads);
}

}  // namespace
}  // namespace finebrush::training
