#include "tests/ui/support/window_fixture.h"
#include "ui/settings/theme.h"

#include <QScrollArea>
#include <QToolButton>
#include <QTreeWidget>

namespace finebrush {
namespace {

constexpr int kNarrow = 800;

class NarrowWindowTest : public testing::WindowFixture {
  protected:
    void SetUp() override {
        applyTheme(*qApp, ThemeChoice::Light);
        openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
        window_.resize(kNarrow, 700);
        EXPECT_TRUE(QTest::qWaitFor([this] { return window_.width() == kNarrow; }, kPatience));
    }
};

TEST_F(NarrowWindowTest, AFewHundredPixelsAreEnough) {
    child<QWidget>("LossChart")->parentWidget()->show();  // as while the model learns
    EXPECT_TRUE(QTest::qWaitFor([this] { return window_.minimumSizeHint().width() <= kNarrow; }, kPatience))
        << window_.minimumSizeHint().width();
}

TEST_F(NarrowWindowTest, WhatTheToolBarHasNoRoomForHangsOnAButtonThatCanBeHit) {
    auto* more = child<QToolButton>("qt_toolbar_ext_button");
    ASSERT_TRUE(QTest::qWaitFor([&] { return more->isVisible(); }, kPatience));
    EXPECT_GE(more->width(), 20);
}

TEST_F(NarrowWindowTest, TheOptionsLieBesideTheirScrollBar) {
    child<QToolButton>("Advanced")->setChecked(true);
    auto* scroll = child<QScrollArea>("OptionsScroll");
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return scroll->widget()->width() <= scroll->viewport()->width(); }, kPatience));
}

TEST_F(NarrowWindowTest, FiveClassesAreSeen) {
    for (int i = 0; i < 4; ++i) session().addClass("x");
    auto* list = child<QTreeWidget>("ClassList");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            const QTreeWidgetItem* fifth = list->topLevelItem(4);
            return fifth && list->viewport()->rect().contains(list->visualItemRect(fifth));
        },
        kPatience));
}

}  // namespace
}  // namespace finebrush
