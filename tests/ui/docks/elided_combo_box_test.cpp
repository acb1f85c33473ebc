#include "ui/docks/elided_combo_box.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPixmap>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOptionComboBox>
#include <QToolTip>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

/// Keeps the text that was drawn last.
class WatchedStyle : public QProxyStyle {
  public:
    WatchedStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
        if (element == CE_ComboBoxLabel)
            drawn = static_cast<const QStyleOptionComboBox*>(option)->currentText;
        QProxyStyle::drawControl(element, option, painter, widget);
    }
    mutable QString drawn;
};

class ElidedComboBoxTest : public ::testing::Test {
  protected:
    ElidedComboBoxTest() {
        box_.setStyle(&style_);
        box_.addItem(text_);
        box_.resize(2000, 28);
    }
    QString drawnAt(int width) {
        box_.resize(width, 28);
        box_.grab();
        return style_.drawn;
    }
    QString toolTipShown() {
        QHelpEvent event(QEvent::ToolTip, {5, 5}, box_.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&box_, &event);
        return QToolTip::text();
    }

    const QString text_ = QStringLiteral("26. 11. 27. 오후 4:35 · Conv-LoRA · 2단계 · 0.91");
    WatchedStyle style_;
    ElidedComboBox box_;
};

TEST_F(ElidedComboBoxTest, EndsInAnEllipsisWhereItIsTooNarrow) {
    EXPECT_EQ(drawnAt(2000), text_);
    const QString drawn = drawnAt(150);
    EXPECT_TRUE(drawn.endsWith(QChar(0x2026))) << drawn.toStdString();
    EXPECT_TRUE(text_.startsWith(drawn.chopped(1)));
    EXPECT_LT(box_.fontMetrics().horizontalAdvance(drawn), 150);
    EXPECT_EQ(box_.currentText(), text_);
}

TEST_F(ElidedComboBoxTest, LeavesRoomForTheIcon) {
    const QString bare = drawnAt(150);
    QPixmap chip(16, 16);
    chip.fill(Qt::red);
    box_.setItemIcon(0, chip);
    EXPECT_LT(drawnAt(150).size(), bare.size());
}

TEST_F(ElidedComboBoxTest, ItsToolTipHasTheWholeText) {
    box_.show();
    box_.setToolTip(QStringLiteral("The one that is looked at"));
    drawnAt(150);
    EXPECT_EQ(toolTipShown(), text_ + QStringLiteral("\nThe one that is looked at"));
    QToolTip::hideText();
    drawnAt(2000);
    EXPECT_EQ(toolTipShown(), QStringLiteral("The one that is looked at"));
    QToolTip::hideText();
}

}  // namespace
}  // namespace finebrush
