#include "ui/settings/language.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/dialogs/preferences_dialog.h"
#include "ui/docks/notice.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QTabBar>

namespace finebrush {
namespace {

using testing::WindowFixture;

/// Every text that a widget and what hangs on it shows or reads out.
QStringList textsOf(const QWidget& root) {
    QStringList texts{root.windowTitle()};
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        // Qt names the arrows of a tab bar once; they show only where the tabs do not fit.
        if (qobject_cast<const QTabBar*>(widget->parent())) continue;
        texts << widget->toolTip() << widget->accessibleName() << widget->windowTitle();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) texts << label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) texts << button->text();
        if (const auto* menu = qobject_cast<const QMenu*>(widget)) texts << menu->title();
        if (const auto* combo = qobject_cast<const QComboBox*>(widget)) {
            for (int i = 0; i < combo->count(); ++i) texts << combo->itemText(i);
        }
    }
    for (const QAction* action : root.findChildren<QAction*>()) texts << action->text() << action->toolTip();
    texts.removeAll(QString());
    texts.removeDuplicates();
    return texts;
}

/// Words that are the same in every language: names, units, keys, files, what the person typed.
QString withoutNames(QString text) {
    static const QRegularExpression names(QStringLiteral(
        "Finebrush|LiteMedSAM|AutoGluon|PEFT|GeoTIFF|GeoPackage|DICOM|\\bCT\\b|WGS|Conv-LoRA|SAM-Adapter|"
        "LoRA|"
        "BitFit|VPT|"
        "LST|SSF|MLP|"
        "COCO|CSV|GeoJSON|JSON|ITK-SNAP|3D "
        "Slicer|X-AnyLabeling|napari|CVAT|QGIS|NIfTI|PNG|IoU|English|Ctrl|Shift|Return|Enter|\\bIns\\b|Space|"
        "Esc|"
        "cells\\.png|images|"
        "labels|labelme|adapt|serve|ssh|gpu|box|"
        "finebrush|engine|Class "
        "1|Background|px|\\(&[A-Z]\\)|\\bF\\d+\\b|PgUp|PgDown|"
        "\\bUp\\b|\\bDown\\b|\\b[A-Z]\\b|\\bx\\b|\\by\\b|</?\\w+>"));
    return text.remove(names);
}

class LanguageTest : public WindowFixture {
  protected:
    LanguageSwitch language_;
};

TEST_F(LanguageTest, NothingVisibleStaysEnglishAfterSwitchingLive) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    PreferencesDialog preferences(preferences_);
    preferences.setAttribute(Qt::WA_DeleteOnClose, false);
    child<QAction>("EditKeys")->trigger();
    const QString english = child<QDockWidget>("AdaptDock")->windowTitle();
    EXPECT_EQ(english, QStringLiteral("Adapt"));

    language_.apply(LanguageChoice::Korean);
    QCoreApplication::processEvents();

    static const QRegularExpression word(QStringLiteral("[A-Za-z]{2,}"));
    for (const QWidget* root : std::initializer_list<const QWidget*>{&window_, &preferences}) {
        const QStringList texts = textsOf(*root);
        EXPECT_GT(texts.size(), 10);
        for (const QString& text : texts) {
            EXPECT_FALSE(withoutNames(text).contains(word)) << text.toStdString();
        }
    }

    language_.apply(LanguageChoice::English);
    QCoreApplication::processEvents();
    EXPECT_EQ(child<QDockWidget>("AdaptDock")->windowTitle(), english);
}

TEST_F(LanguageTest, NewClassesAreCalledByIt) {
    window_.start({});
    EXPECT_EQ(session().classes().classes().back().name, "Class 1");
    language_.apply(LanguageChoice::Korean);
    QCoreApplication::processEvents();
    window_.start({});
    EXPECT_EQ(session().classes().classes().back().name, "클래스 1");
}

TEST_F(LanguageTest, ANoticeThatIsShownSwitchesToo) {
    emit bridge_.noticed({ErrorCode::NoStrokes, {}, {}});
    auto* text = child<QLabel>("NoticeText");
    EXPECT_TRUE(text->text().startsWith(QStringLiteral("Nothing is painted yet")));
    language_.apply(LanguageChoice::Korean);
    QCoreApplication::processEvents();
    EXPECT_TRUE(text->text().contains(QStringLiteral("칠한 곳이 없습니다"))) << text->text().toStdString();
}

}  // namespace
}  // namespace finebrush
