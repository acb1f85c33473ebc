#include "ui/tools/tool_box.h"

#include <QSignalSpy>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

ClassTable classesNamed(std::initializer_list<const char*> names) {
    ClassTable classes;
    for (const char* name : names) classes.insert(classes.size(), classes.makeNext(name));
    return classes;
}

TEST(ToolBox, EachStepChangesTheSizeByAPixelAtLeast) {
    ToolBox toolBox;
    toolBox.setDiameter(1);
    toolBox.resize(1);
    EXPECT_EQ(toolBox.diameter(), 2);
    toolBox.setDiameter(100);
    toolBox.resize(1);
    EXPECT_EQ(toolBox.diameter(), 120);
    toolBox.resize(-1);
    EXPECT_EQ(toolBox.diameter(), 100);
}

TEST(ToolBox, TheToleranceStaysWithinItsLimits) {
    ToolBox toolBox;
    const QSignalSpy changed(&toolBox, &ToolBox::toleranceChanged);
    toolBox.setTolerance(-4);
    EXPECT_EQ(toolBox.tolerance(), 0);
    toolBox.setTolerance(400);
    EXPECT_EQ(toolBox.tolerance(), ToolBox::kMaxTolerance);
    toolBox.setTolerance(300);
    EXPECT_EQ(changed.count(), 2);
}

TEST(ToolBox, GivesTheKindOfBeforeBack) {
    ToolBox toolBox;
    toolBox.setKind(ToolKind::Lasso);
    toolBox.setKind(ToolKind::Pick);
    toolBox.takePreviousKind();
    EXPECT_EQ(toolBox.kind(), ToolKind::Lasso);
}

TEST(ToolBox, TheSizeStaysWithinItsLimits) {
    ToolBox toolBox;
    toolBox.resize(-100);
    EXPECT_EQ(toolBox.diameter(), ToolBox::kMinDiameter);
    toolBox.resize(1000);
    EXPECT_EQ(toolBox.diameter(), ToolBox::kMaxDiameter);
}

TEST(ToolBox, SwappingGoesToTheFirstClassAndBack) {
    const ClassTable classes = classesNamed({"background", "nucleus", "debris"});
    ToolBox toolBox;
    toolBox.setCurrentClass(classes.classes()[2].id);
    toolBox.swapWithFirstClass(classes);
    EXPECT_EQ(toolBox.currentClass(), classes.classes()[0].id);
    toolBox.swapWithFirstClass(classes);
    EXPECT_EQ(toolBox.currentClass(), classes.classes()[2].id);
}

TEST(ToolBox, StepsGoThroughTheClassesAndRoundAtTheEnds) {
    const ClassTable classes = classesNamed({"background", "nucleus", "debris"});
    const auto idOf = [&](size_t place) { return classes.classes()[place].id; };
    ToolBox toolBox;
    toolBox.stepClass(classes, 1);
    EXPECT_EQ(toolBox.currentClass(), ClassId()) << "there was none to go on from";
    toolBox.setCurrentClass(idOf(1));
    toolBox.stepClass(classes, 1);
    EXPECT_EQ(toolBox.currentClass(), idOf(2));
    toolBox.stepClass(classes, 1);
    EXPECT_EQ(toolBox.currentClass(), idOf(0));
    toolBox.stepClass(classes, -1);
    EXPECT_EQ(toolBox.currentClass(), idOf(2));
    toolBox.stepClass(classes, -1);
    EXPECT_EQ(toolBox.currentClass(), idOf(1));
}

TEST(ToolBox, TheFirstClassTakesOverWhereTheCurrentOneIsGone) {
    ClassTable classes = classesNamed({"background", "nucleus"});
    ToolBox toolBox;
    toolBox.setCurrentClass(classes.classes()[1].id);
    const QSignalSpy changed(&toolBox, &ToolBox::currentClassChanged);
    classes.remove(classes.classes()[1].id);
    toolBox.followClasses(classes);
    EXPECT_EQ(toolBox.currentClass(), classes.classes()[0].id);
    EXPECT_EQ(changed.count(), 1);
}

}  // namespace
}  // namespace finebrush
