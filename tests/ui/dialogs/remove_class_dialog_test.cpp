#include "ui/dialogs/remove_class_dialog.h"

#include "ui/settings/language.h"

#include <QPointer>
#include <QTest>
#include <gtest/gtest.h>

namespace finebrush {
namespace {

class RemoveClassDialogTest : public ::testing::Test {
  protected:
    RemoveClassDialogTest() {
        for (const std::string& name : {std::string("tissue"), std::string(200, 'm')})
            classes_.insert(classes_.size(), classes_.makeNext(name));
    }

    ClassTable classes_;
};

TEST_F(RemoveClassDialogTest, ALongNameMakesItNoWiderThanASmallScreen) {
    LanguageSwitch language;
    for (const LanguageChoice choice : {LanguageChoice::English, LanguageChoice::Korean}) {
        language.apply(choice);
        for (const LabelClass& removed : classes_.classes()) {
            const RemoveClassDialog dialog(classes_, removed);
            EXPECT_LE(dialog.sizeHint().width(), 800) << removed.name;
        }
    }
    language.apply(LanguageChoice::English);
}

TEST_F(RemoveClassDialogTest, ReturnRemovesAndEscapeLeavesTheClass) {
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape}) {
        const QPointer dialog(new RemoveClassDialog(classes_, classes_.classes().front()));
        int chosen = 0;
        QObject::connect(dialog.get(), &RemoveClassDialog::chosen, [&] { ++chosen; });
        dialog->open();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog));
        QTest::keyClick(dialog, key);
        EXPECT_EQ(chosen, key == Qt::Key_Return ? 1 : 0);
        EXPECT_FALSE(dialog && dialog->isVisible());
    }
}

}  // namespace
}  // namespace finebrush
