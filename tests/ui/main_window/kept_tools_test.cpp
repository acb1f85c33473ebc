#include "ui/main_window/kept_tools.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/tools/tool_box.h"

#include <QSettings>
#include <QSlider>

namespace finebrush {
namespace {

class KeptToolsTest : public testing::WindowFixture {
  protected:
    static ToolBox& toolsOf(const MainWindow& window) { return *window.findChild<ToolBox*>(); }
    static int percentOf(const MainWindow& window, const char* slider) {
        return window.findChild<QSlider*>(QLatin1String(slider))->value();
    }

    /// Waits until what was changed has been kept.
    static void waitUntilKept(const char* key, int value) {
        EXPECT_TRUE(QTest::qWaitFor([&] { return QSettings().value(QLatin1String(key)).toInt() == value; },
                                    kPatience))
            << key;
    }
};

TEST_F(KeptToolsTest, TheNextWindowHasThemAsTheyWereLeft) {
    ToolBox& tools = toolsOf(window_);
    EXPECT_EQ(tools.kind(), ToolKind::Brush);
    tools.setKind(ToolKind::Wand);
    tools.setDiameter(40);
    tools.setTolerance(33);
    child<QSlider>("LabelOpacity")->setValue(62);
    child<QSlider>("PredictionOpacity")->setValue(7);
    waitUntilKept("work/prediction-opacity", 7);
    const MainWindow next(bridge_, preferences_, engineLog_);
    EXPECT_EQ(toolsOf(next).kind(), ToolKind::Wand);
    EXPECT_EQ(toolsOf(next).diameter(), 40);
    EXPECT_EQ(toolsOf(next).tolerance(), 33);
    EXPECT_EQ(percentOf(next, "LabelOpacity"), 62);
    EXPECT_EQ(percentOf(next, "PredictionOpacity"), 7);
    EXPECT_TRUE(next.findChild<QAction*>(QStringLiteral("WandTool"))->isChecked());
}

TEST_F(KeptToolsTest, AToolThatDoesNotPaintIsNotFoundInHand) {
    toolsOf(window_).setKind(ToolKind::Lasso);
    waitUntilKept("work/tool", static_cast<int>(ToolKind::Lasso));
    for (const ToolKind kind : {ToolKind::Measure, ToolKind::Pan, ToolKind::Sam}) {
        toolsOf(window_).setKind(kind);
        toolsOf(window_).setDiameter(20 + static_cast<int>(kind));
        waitUntilKept("work/brush-size", 20 + static_cast<int>(kind));
        const MainWindow next(bridge_, preferences_, engineLog_);
        EXPECT_EQ(toolsOf(next).kind(), ToolKind::Lasso);
    }
}

TEST_F(KeptToolsTest, ClosingKeepsWhatHasNotSettled) {
    toolsOf(window_).setTolerance(77);
    window_.close();
    EXPECT_EQ(QSettings().value("work/wand-tolerance").toInt(), 77);
}

TEST_F(KeptToolsTest, WhatIsOutOfBoundsIsAsUsual) {
    QSettings settings;
    settings.setValue("work/tool", 99);
    settings.setValue("work/brush-size", -5);
    settings.setValue("work/wand-tolerance", "much");
    settings.setValue("work/label-opacity", 101);
    settings.setValue("work/prediction-opacity", 0);
    const MainWindow next(bridge_, preferences_, engineLog_);
    EXPECT_EQ(toolsOf(next).kind(), ToolKind::Brush);
    EXPECT_EQ(toolsOf(next).diameter(), 16);
    EXPECT_EQ(toolsOf(next).tolerance(), 16);
    EXPECT_EQ(percentOf(next, "LabelOpacity"), 80);
    EXPECT_EQ(percentOf(next, "PredictionOpacity"), 0) << "0 is within them";
}

}  // namespace
}  // namespace finebrush
