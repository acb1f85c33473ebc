#include "ui/main_window/commands/main_toolbar.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/keys/command.h"
#include "ui/settings/language.h"
#include "ui/settings/theme.h"

#include <QAction>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QToolButton>

namespace finebrush {
namespace {

constexpr int kUsualWidth = 1280;

class MainToolBarTest : public testing::WindowFixture {
  protected:
    MainToolBarTest() {
        applyTheme(*qApp, ThemeChoice::Light);
        openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
        session().setPaintedValues({true, 0, ValueRange{0, 20000}});
    }

    /// Opens the fields of the range by the keyboard.
    void openFields() {
        values_->setFocus();
        QTest::keyClick(values_, Qt::Key_Space);
        ASSERT_TRUE(fields_->isVisible());
    }

    LanguageSwitch language_;
    QToolButton* values_ = child<QToolButton>("PaintValues");
    QFrame* fields_ = child<QFrame>("PaintValuesFields");
    QDoubleSpinBox* low_ = child<QDoubleSpinBox>("LowestPaintedValue");
    QDoubleSpinBox* high_ = child<QDoubleSpinBox>("HighestPaintedValue");
};

TEST_F(MainToolBarTest, AllOfItFitsIntoAWindowOfUsualWidth) {
    session().setPaintedValues({true, 0, ValueRange{-123456.789, 987654.321}});
    const auto* bar = child<MainToolBar>("MainToolBar");
    const auto* more = child<QToolButton>("qt_toolbar_ext_button");
    ASSERT_EQ(window_.width(), kUsualWidth);
    for (const LanguageChoice language : {LanguageChoice::English, LanguageChoice::Korean}) {
        language_.apply(language);
        for (const Command command : kAllCommands) {
            if (!entryOf(command).is(CommandEntry::Tool)) continue;
            child<QAction>(nameOf(command))->trigger();
            QCoreApplication::processEvents();
            EXPECT_LE(bar->sizeHint().width(), kUsualWidth) << nameOf(command);
            EXPECT_FALSE(more->isVisible()) << nameOf(command);
            EXPECT_TRUE(values_->isVisible()) << nameOf(command);
        }
    }
}

TEST_F(MainToolBarTest, TheRangeIsWrittenInShort) {
    EXPECT_EQ(values_->text(), QStringLiteral("0…20000"));
    EXPECT_TRUE(values_->accessibleName().endsWith(QStringLiteral("0 … 20000")))
        << values_->accessibleName().toStdString();
    session().setPaintedValues({true, 0, ValueRange{-123456.789, 987654.321}});
    EXPECT_FALSE(values_->text().contains(QStringLiteral("987654.321"))) << values_->text().toStdString();
    EXPECT_TRUE(values_->toolTip().contains(QStringLiteral("-123456.789 … 987654.321")))
        << values_->toolTip().toStdString();
}

TEST_F(MainToolBarTest, TheRangeIsChosenByKeysAlone) {
    openFields();
    EXPECT_EQ(fields_->focusWidget(), low_);
    QTest::keyClicks(low_, QStringLiteral("60"));
    QTest::keyClick(low_, Qt::Key_Tab);
    EXPECT_EQ(fields_->focusWidget(), high_);
    QTest::keyClicks(high_, QStringLiteral("100"));
    QTest::keyClick(high_, Qt::Key_Return);
    EXPECT_FALSE(fields_->isVisible());
    EXPECT_EQ(session().paintedValues().range, (ValueRange{60, 100}));
    EXPECT_EQ(values_->text(), QStringLiteral("60…100"));
    openFields();
    QTest::keyClick(low_, Qt::Key_Escape);
    EXPECT_FALSE(fields_->isVisible());
}

}  // namespace
}  // namespace finebrush
