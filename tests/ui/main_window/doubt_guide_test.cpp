#include "tests/ui/support/window_fixture.h"
#include "ui/docks/result_dock.h"

#include <QAction>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace finebrush {
namespace {

using testing::WindowFixture;

class DoubtGuideTest : public WindowFixture {
  protected:
    static constexpr PixelSize kSize{640, 480};

    void SetUp() override {
        openAndWait({makeImage(QStringLiteral("cells.png"), kSize)});
        adaptUntilHeard();
    }

    /// Sure but around some places, of which each is less doubtful than the one before.
    messages::Prediction unsureAround(const std::vector<PointInImage>& places) {
        messages::Prediction prediction = predictionOf(session().classes().classes()[1].value);
        prediction.confidence.assign(prediction.mask.values.size(), 255);
        for (size_t i = 0; i < places.size(); ++i) {
            for (int y = 0; y < kSize.height; ++y) {
                for (int x = 0; x < kSize.width; ++x) {
                    const double distance = std::hypot(x + 0.5 - places[i].x, y + 0.5 - places[i].y);
                    uint8_t& here = prediction.confidence[static_cast<size_t>(y) * kSize.width + x];
                    here = static_cast<uint8_t>(std::min<double>(here, 100.0 + 40 * i + 2 * distance));
                }
            }
        }
        return prediction;
    }

    double distanceToMiddle(PointInImage place) {
        const PointInImage middle = canvas().transform().imageFromView(QRectF(canvas().rect()).center());
        return std::hypot(middle.x - place.x, middle.y - place.y);
    }
    /// Whether something white is around the middle of the view; the image and its overlays are not.
    bool hasRing() {
        const QImage shown = picture();
        const QPoint middle = shown.rect().center();
        for (int y = middle.y() - 90; y < middle.y() + 90; ++y) {
            for (int x = middle.x() - 90; x < middle.x() + 90; ++x) {
                if (shown.pixelColor(x, y) == Qt::white) return true;
            }
        }
        return false;
    }
    QImage picture() { return canvas().grab().toImage(); }
    bool isEnabled(const char* action) const { return child<QAction>(action)->isEnabled(); }
};

TEST_F(DoubtGuideTest, LeadsFromPlaceToPlaceTheMostDoubtfulFirst) {
    const PointInImage most{160, 120}, less{480, 360};
    engine_.say(unsureAround({most, less}));
    QTest::keyClick(&window_, Qt::Key_N);
    EXPECT_LT(distanceToMiddle(most), 40);
    child<QPushButton>("NextPlace")->click();
    EXPECT_LT(distanceToMiddle(less), 40);
    QTest::keyClick(&window_, Qt::Key_N);
    EXPECT_LT(distanceToMiddle(most), 40) << "after the last the first comes again";
}

TEST_F(DoubtGuideTest, ItsRingGoesWhenSomethingIsPainted) {
    const PointInImage place{480, 240};
    engine_.say(unsureAround({place}));
    EXPECT_FALSE(hasRing());
    QTest::keyClick(&window_, Qt::Key_N);
    EXPECT_TRUE(hasRing());
    drag(place, {place.x + 2, place.y});
    canvas().endHover();
    EXPECT_FALSE(hasRing());
}

TEST_F(DoubtGuideTest, WhatIsPaintedIsNotAskedForAgain) {
    const PointInImage most{160, 120}, less{480, 360};
    engine_.say(unsureAround({most, less}));
    drag({most.x - 10, most.y}, {most.x + 10, most.y});
    QTest::keyClick(&window_, Qt::Key_N);
    EXPECT_LT(distanceToMiddle(less), 40);
}

TEST_F(DoubtGuideTest, TheVeilLiesWhereTheModelIsUnsureInThePlaceOfTheClasses) {
    const PointInImage unsure{480, 240};
    engine_.say(unsureAround({unsure}));
    const QPoint there = viewAt(unsure), elsewhere = viewAt({560, 60});
    const QColor classThere = picture().pixelColor(there);
    QTest::keyClick(&window_, Qt::Key_U);
    EXPECT_EQ(picture().pixelColor(elsewhere), QColor(90, 90, 90)) << "the bare image";
    EXPECT_NE(picture().pixelColor(there), QColor(90, 90, 90));
    EXPECT_NE(picture().pixelColor(there), classThere);
    QTest::keyClick(&window_, Qt::Key_U);
    EXPECT_EQ(picture().pixelColor(there), classThere);
}

TEST_F(DoubtGuideTest, RestsWhereNoPredictionTells) {
    for (const char* action : {"ShowDoubt", "NextDoubt"}) EXPECT_FALSE(isEnabled(action)) << action;
    EXPECT_FALSE(child<QPushButton>("NextPlace")->isEnabled());
    engine_.say(predictionOf(session().classes().classes()[1].value));
    EXPECT_FALSE(isEnabled("NextDoubt")) << "without confidence";
    engine_.say(unsureAround({{480, 240}}));
    for (const char* action : {"ShowDoubt", "NextDoubt"}) EXPECT_TRUE(isEnabled(action)) << action;
    EXPECT_TRUE(child<QPushButton>("NextPlace")->isEnabled());
    child<QAction>("ShowDoubt")->trigger();
    engine_.say(predictionOf(session().classes().classes()[1].value));
    EXPECT_FALSE(isEnabled("ShowDoubt"));
    EXPECT_NE(picture().pixelColor(viewAt({560, 60})), QColor(90, 90, 90)) << "the classes are seen again";
}

TEST_F(DoubtGuideTest, SaysThatNothingIsLeft) {
    engine_.say(unsureAround({}));
    const QImage bare = picture();
    QTest::keyClick(&window_, Qt::Key_N);
    EXPECT_NE(picture(), bare);
}

}  // namespace
}  // namespace finebrush
