#include "tests/ui/support/window_fixture.h"

#include <QMenu>
#include <QMessageBox>

namespace finebrush {
namespace {

class HelpTest : public testing::WindowFixture {};

TEST_F(HelpTest, TheFirstStepsAreAShortPageThatDoesNotBlock) {
    child<QAction>("FirstSteps")->trigger();
    auto* page = child<QMessageBox>("FirstStepsDialog");
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->text().count(QStringLiteral("<li>")), 6);
    EXPECT_FALSE(page->text().contains(u'%')) << "every place of the text is filled";
    page->close();
}

TEST_F(HelpTest, TheMenuLeadsToTheKeys) {
    EXPECT_TRUE(child<QMenu>("HelpMenu")->actions().contains(child<QAction>("EditKeys")));
}

}  // namespace
}  // namespace finebrush
