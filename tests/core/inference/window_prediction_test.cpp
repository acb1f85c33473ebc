#include "core/inference/window_prediction.h"

#include "core/inference/network_input.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace finebrush {
namespace {

/// Takes grey values for the probability of class 7, and is wrong near the borders of what it sees.
class GreyModel : public SegmentationModel {
  public:
    const std::vector<messages::ClassInfo>& classes() const override { return classes_; }
    const InputRange& inputRange() const override { return range_; }
    void setInputRange(const InputRange& range) override { range_ = range; }
    torch::Tensor probabilities(const PixelBuffer& pixels, Care, WorkMonitor&) override {
        const torch::Tensor grey =
            torch::tensor(at::ArrayRef<uint8_t>(pixels.bytes)).to(torch::kFloat32).div(255);
        torch::Tensor bright = grey.view({pixels.size.height, pixels.size.width});
        if (wrongAtBorders > 0) {
            torch::Tensor inside = torch::zeros_like(bright);
            inside.slice(0, wrongAtBorders, -wrongAtBorders)
                .slice(1, wrongAtBorders, -wrongAtBorders)
                .fill_(1);
            bright = bright * inside + (1 - bright) * (1 - inside);
        }
        return torch::stack({1 - bright, bright});
    }
    messages::AdapterFiles toFiles() const override { return {}; }

    int wrongAtBorders = 0;

  private:
    InputRange range_;
    std::vector<messages::ClassInfo> classes_ = {{"a", "dark", "#000000", 2}, {"b", "bright", "#ffffff", 7}};
};

/// Takes what a network gets of grey values for the probability of class 7.
class ScalingModel : public GreyModel {
  public:
    torch::Tensor probabilities(const PixelBuffer& pixels, Care, WorkMonitor&) override {
        const InputRange range = appliedRange(inputRange(), pixels);
        const torch::Tensor bright = networkInput(scaledColours(pixels, range), pixels.size, range)[0];
        return torch::stack({1 - bright, bright});
    }
};

class CountingMonitor : public WorkMonitor {
  public:
    void progressed(messages::Stage, double fraction) override { fractions.push_back(fraction); }
    bool shouldStop() override { return asked++ >= stopAfter; }

    int stopAfter = 1000000;
    int asked = 0;
    std::vector<double> fractions;
};

PixelBuffer waves(PixelSize size) {
    PixelBuffer pixels{size, 1, PixelType::UInt8, {}, {}};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x)
            pixels.bytes.push_back(
                static_cast<uint8_t>((x * 5 + y * 3) % 240 < 120 ? 20 + x % 80 : 235 - y % 80));
    }
    return pixels;
}

struct Predicted {
    IndexMask mask;
    std::vector<uint8_t> confidence;
};

class WindowPrediction : public ::testing::Test {
  protected:
    Predicted predict(const PixelBuffer& image) {
        Predicted all{{image.size, {}}, {}};
        const Result<bool> done = predictByWindows(
            *predictor, image.size, layout, Care::Quick,
            [&](const RectInImage& window) -> Result<PixelBuffer> {
                EXPECT_EQ(window.intersected(RectInImage::ofSize(image.size)), window);
                PixelBuffer part{{window.width, window.height}, 1, PixelType::UInt8, {}, {}};
                for (int y = window.y; y < window.bottom(); ++y) {
                    const auto row = image.bytes.begin() + int64_t{y} * image.size.width + window.x;
                    part.bytes.insert(part.bytes.end(), row, row + window.width);
                }
                part.limits = limits;
                return part;
            },
            [&](const ClassPrediction& rows) -> Result<void> {
                EXPECT_EQ(rows.mask.size.width, image.size.width);
                all.mask.values.insert(all.mask.values.end(), rows.mask.values.begin(),
                                       rows.mask.values.end());
                all.confidence.insert(all.confidence.end(), rows.confidence.begin(), rows.confidence.end());
                return {};
            },
            monitor);
        EXPECT_TRUE(done && *done);
        return all;
    }
    void expectAsWhole(const PixelBuffer& image) {
        SilentMonitor silent;
        const int wrong = std::exchange(model.wrongAtBorders, 0);
        const ClassPrediction whole = model.predict(image, Care::Quick, silent);
        model.wrongAtBorders = wrong;
        const Predicted parts = predict(image);
        ASSERT_EQ(parts.mask.values.size(), whole.mask.values.size());
        for (int y = wrong; y < image.size.height - wrong; ++y) {
            for (int x = wrong; x < image.size.width - wrong; ++x) {
                const size_t place = static_cast<size_t>(y) * image.size.width + static_cast<size_t>(x);
                ASSERT_EQ(parts.mask.values[place], whole.mask.values[place]) << x << ", " << y;
                ASSERT_NEAR(parts.confidence[place], whole.confidence[place], 1) << x << ", " << y;
            }
        }
    }

    GreyModel model;
    SegmentationModel* predictor = &model;
    std::vector<ValueRange> limits;  ///< of the image
    CountingMonitor monitor;
    WindowLayout layout{.side = 64, .overlap = 24, .blend = 8};
};

TEST_F(WindowPrediction, IsThatOfTheWholeImage) {
    for (const PixelSize size :
         {PixelSize{300, 210}, PixelSize{64, 65}, PixelSize{40, 200}, PixelSize{30, 20}})
        expectAsWhole(waves(size));
    EXPECT_EQ(monitor.fractions.front(), 0);
    EXPECT_LT(monitor.fractions.back(), 1);
}

TEST_F(WindowPrediction, WhatANetworkGetsWrongAtABorderIsNotUsed) {
    model.wrongAtBorders = 8;
    expectAsWhole(waves({300, 210}));
}

TEST_F(WindowPrediction, OneWindowPassesIntoTheNext) {
    // Each window sees another brightness: 0.2 in the first, 0.8 in the second.
    PixelBuffer image{{100, 64}, 1, PixelType::UInt8, {}, {}};
    image.bytes.resize(6400);
    std::vector<uint8_t> confidence;
    const auto done = predictByWindows(
        model, image.size, layout, Care::Quick,
        [&](const RectInImage& window) -> Result<PixelBuffer> {
            PixelBuffer part{{window.width, window.height}, 1, PixelType::UInt8, {}, {}};
            part.bytes.assign(static_cast<size_t>(window.area()), window.x == 0 ? 51 : 204);
            return part;
        },
        [&](const ClassPrediction& rows) -> Result<void> {
            confidence.assign(rows.confidence.begin(), rows.confidence.begin() + 100);
            EXPECT_EQ(rows.mask.at(0, 0), 2);
            EXPECT_EQ(rows.mask.at(99, 0), 7);
            return {};
        },
        monitor);
    ASSERT_TRUE(done && *done);
    const auto least = std::ranges::min_element(confidence) - confidence.begin();
    EXPECT_NEAR(static_cast<double>(least), 50, 2) << "half way in what both see";
    for (size_t x = 1; x < 100; ++x) EXPECT_LE(std::abs(confidence[x] - confidence[x - 1]), 25) << x;
}

TEST_F(WindowPrediction, AnEvenPartIsSeenAsInTheWholeImageWhereverAWindowLies) {
    // Four dark grey levels, and black and white at the far end.
    PixelBuffer image{{300, 64}, 1, PixelType::UInt8, {}, {}};
    for (int y = 0; y < image.size.height; ++y) {
        for (int x = 0; x < image.size.width; ++x)
            image.bytes.push_back(static_cast<uint8_t>(x < 280  ? 60 + (x * 7 + y * 3) % 4
                                                       : y < 32 ? 0
                                                                : 255));
    }
    ScalingModel scaling;
    predictor = &scaling;
    limits = {{0, 255}};
    const ClassPrediction whole = scaling.predict(image, Care::Quick, monitor);
    EXPECT_EQ(whole.mask.at(10, 10), 2);
    for (const int side : {64, 100}) {
        layout.side = side;
        const Predicted parts = predict(image);
        EXPECT_EQ(parts.mask, whole.mask) << side;
        for (size_t i = 0; i < whole.confidence.size(); ++i)
            ASSERT_NEAR(parts.confidence[i], whole.confidence[i], 1) << i;
    }
}

TEST_F(WindowPrediction, LittleMemoryLeavesLessToPassInto) {
    layout.waitingBytes = 2 * 300 * 4 * 3;  // three rows of 300 px and two classes
    expectAsWhole(waves({300, 210}));
    layout.waitingBytes = 0;
    expectAsWhole(waves({300, 210}));
}

TEST_F(WindowPrediction, StopsBetweenWindows) {
    monitor.stopAfter = 9;
    int rows = 0;
    const PixelBuffer image = waves({300, 210});
    const auto done = predictByWindows(
        model, image.size, layout, Care::Quick,
        [&](const RectInImage& window) -> Result<PixelBuffer> {
            PixelBuffer part{{window.width, window.height}, 1, PixelType::UInt8, {}, {}};
            part.bytes.resize(static_cast<size_t>(window.area()));
            return part;
        },
        [&](const ClassPrediction&) -> Result<void> {
            ++rows;
            return {};
        },
        monitor);
    ASSERT_TRUE(done);
    EXPECT_FALSE(*done);
    EXPECT_EQ(rows, 1) << "of seven windows";
}

}  // namespace
}  // namespace finebrush
