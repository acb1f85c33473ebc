#include "tests/ui/support/window_fixture.h"

#include <QProgressBar>
#include <QToolButton>

namespace finebrush {
namespace {

using OverviewBarTest = testing::WindowFixture;

TEST_F(OverviewBarTest, IsSeenWhileOverviewsAreMade) {
    window_.show();
    const QWidget* bar = child<QWidget>("OverviewBar");
    EXPECT_FALSE(bar->isVisible());
    emit bridge_.overviewProgressed({true, 0.25});
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->isVisible(); }, kPatience));
    const auto* progress = child<QProgressBar>("OverviewsProgress");
    EXPECT_EQ(progress->value() * 4, progress->maximum());
    EXPECT_FALSE(child<QToolButton>("StopOverviews")->toolTip().isEmpty());
    emit bridge_.overviewProgressed({});
    EXPECT_FALSE(bar->isVisible());
}

}  // namespace
}  // namespace finebrush
