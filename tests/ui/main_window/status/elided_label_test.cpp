#include "ui/main_window/status/elided_label.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(ElidedLabel, ShowsTheBeginningAndAsksForNoWidth) {
    ElidedLabel label("hint");
    const QString text = QStringLiteral("Left click adds, right click excludes, drag draws a box");
    label.setText(text);
    label.resize(2000, 20);
    EXPECT_EQ(label.shownText(), text);
    label.resize(120, 20);
    const QString shown = label.shownText();
    EXPECT_TRUE(shown.endsWith(QChar(0x2026))) << shown.toStdString();
    EXPECT_TRUE(text.startsWith(shown.chopped(1)));
    EXPECT_EQ(label.sizePolicy().horizontalPolicy(), QSizePolicy::Ignored);
}

}  // namespace
}  // namespace finebrush
