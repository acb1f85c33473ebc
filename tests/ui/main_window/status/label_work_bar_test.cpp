#include "tests/ui/support/window_fixture.h"

#include <QToolButton>

namespace finebrush {
namespace {

using LabelWorkBarTest = testing::WindowFixture;

TEST_F(LabelWorkBarTest, IsSeenWhileLabelsAreWorkedOutForMoreThanAMoment) {
    window_.show();
    const QWidget* bar = child<QWidget>("LabelWorkBar");
    emit bridge_.labelWorkChanged({true});
    EXPECT_FALSE(bar->isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->isVisible(); }, kPatience));
    EXPECT_FALSE(child<QToolButton>("StopLabelWork")->toolTip().isEmpty());
    emit bridge_.labelWorkChanged({});
    EXPECT_FALSE(bar->isVisible());
}

}  // namespace
}  // namespace finebrush
