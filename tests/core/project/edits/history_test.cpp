#include "core/project/edits/history.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

Edit editNamed(const std::string& name) {
    Edit edit;
    edit.removedImages = {name};
    return edit;
}

TEST(History, NumbersEditsFromOneAndReusesTheNumbersOfDroppedOnes) {
    History history;
    EXPECT_EQ(history.push(editNamed("a")).number, 1);
    EXPECT_EQ(history.push(editNamed("b")).number, 2);
    EXPECT_EQ(history.stepBack().number, 2);
    const History::Step step = history.push(editNamed("c"));
    EXPECT_EQ(step.number, 2);
    EXPECT_EQ(step.edit->removedImages.front(), "c");
    EXPECT_FALSE(history.canRedo());
}

TEST(History, StepsBackAndForthOverTheSameEdits) {
    History history;
    history.push(editNamed("a"));
    history.push(editNamed("b"));
    EXPECT_EQ(history.stepBack().edit->removedImages.front(), "b");
    EXPECT_EQ(history.stepBack().edit->removedImages.front(), "a");
    EXPECT_FALSE(history.canUndo());
    EXPECT_THROW(history.stepBack(), std::logic_error);
    EXPECT_EQ(history.stepForward().edit->removedImages.front(), "a");
    EXPECT_EQ(history.stepForward().edit->removedImages.front(), "b");
    EXPECT_THROW(history.stepForward(), std::logic_error);
}

TEST(History, GoesOnFromWhatWasRead) {
    const auto edit = std::make_shared<const Edit>(editNamed("a"));
    History history({edit, edit, edit}, 1);
    EXPECT_TRUE(history.canUndo());
    EXPECT_EQ(history.stepForward().number, 2);
    EXPECT_THROW(History({edit}, 2), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
