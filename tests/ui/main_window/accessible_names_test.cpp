// What a screen reader, a tool tip and a menu say of everything in the window.

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/remove_class_dialog.h"
#include "ui/keys/key_text.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QWidgetAction>

#include <algorithm>
#include <utility>

namespace finebrush {
namespace {

using testing::WindowFixture;

/// Qt's own parts of a control belong to it: its scroll bars, its header, the field of a spin box.
bool isPart(const QWidget& widget) {
    return qobject_cast<const QScrollBar*>(&widget) || qobject_cast<const QHeaderView*>(&widget) ||
           qobject_cast<const QTabBar*>(widget.parent()) || qobject_cast<const QComboBox*>(widget.parent()) ||
           widget.objectName().startsWith(QStringLiteral("qt_"));
}

bool isControl(const QWidget& widget) {
    const bool isAny =
        qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
        qobject_cast<const QAbstractSpinBox*>(&widget) || qobject_cast<const QAbstractSlider*>(&widget) ||
        qobject_cast<const QAbstractItemView*>(&widget) || qobject_cast<const QLineEdit*>(&widget);
    return isAny && !isPart(widget);
}

class AccessibleNamesTest : public WindowFixture {
  protected:
    /// The controls that can be seen where the panel that they are in is open.
    QList<QWidget*> controls() const {
        QList<QWidget*> found;
        for (QWidget* widget : window_.findChildren<QWidget*>()) {
            if (!isControl(*widget)) continue;
            const QWidget* panel = &window_;
            for (const auto* dock : window_.findChildren<QDockWidget*>()) {
                if (dock->widget() && dock->widget()->isAncestorOf(widget)) panel = dock->widget();
            }
            if (widget->isVisibleTo(panel)) found << widget;
        }
        return found;
    }

    bool isNamed(const QWidget& control) const {
        if (!control.accessibleName().trimmed().isEmpty()) return true;
        const auto* button = qobject_cast<const QAbstractButton*>(&control);
        if (button && !button->text().trimmed().isEmpty()) return true;
        const QList<QLabel*> labels = window_.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->buddy() == &control && !label->text().trimmed().isEmpty();
        });
    }

    void expectNames() const {
        const QList<QWidget*> all = controls();
        EXPECT_GT(all.size(), 30);
        for (const QWidget* control : all) {
            EXPECT_TRUE(isNamed(*control)) << control->metaObject()->className() << " “"
                                           << control->objectName().toStdString() << "” has no name";
        }
    }

    /// The same of whatever the keyboard reaches in a dialog that is open.
    void expectNamesIn(const QDialog& dialog) const {
        int reached = 0;
        for (const QWidget* widget : dialog.findChildren<QWidget*>()) {
            const bool takesKeys = widget->focusPolicy() != Qt::NoFocus && !isPart(*widget);
            if (!widget->isVisibleTo(&dialog) || (!takesKeys && !isControl(*widget))) continue;
            EXPECT_TRUE(isNamed(*widget))
                << dialog.objectName().toStdString() << ": " << widget->metaObject()->className() << " “"
                << widget->objectName().toStdString() << "” has no name";
            ++reached;
        }
        EXPECT_GT(reached, 1) << dialog.objectName().toStdString();
    }
};

TEST_F(AccessibleNamesTest, EveryControlHasAName) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    child<QToolButton>("Advanced")->setChecked(true);
    child<QAction>("ThreeViews")->trigger();
    expectNames();
    child<QAction>("SideBySide")->trigger();
}

TEST_F(AccessibleNamesTest, EveryControlOfAVolumeHasAName) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7}, 2);
    openAndWait({path});
    ASSERT_TRUE(QTest::qWaitFor([this] { return child<QWidget>("SliceSlider")->isVisible(); }, kPatience));
    ASSERT_TRUE(child<QWidget>("Frame")->isVisible());
    expectNames();
}

TEST_F(AccessibleNamesTest, EveryControlOfADialogHasAName) {
    const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
    testing::writeNifti(toPath(path), {60, 50, 7});
    openAndWait({path});
    for (const auto& [command, name] : {std::pair("Preferences", "PreferencesDialog"),
                                        {"EditKeys", "KeysDialog"},
                                        {"GoTo", "GoToDialog"},
                                        {"RecoverWork", "RecoveryDialog"}}) {
        child<QAction>(command)->trigger();
        const QDialog* dialog = nullptr;
        const auto isOpen = [&, objectName = QLatin1String(name)] {
            dialog = window_.findChild<QDialog*>(objectName);
            return dialog && dialog->isVisible();
        };
        ASSERT_TRUE(QTest::qWaitFor(isOpen, kPatience)) << name;
        expectNamesIn(*dialog);
        child<QDialog>(name)->close();
    }
    const ClassTable& classes = session().classes();
    auto* removal = new RemoveClassDialog(classes, classes.classes().front(), &window_);
    removal->open();
    expectNamesIn(*removal);
    removal->close();
}

TEST_F(AccessibleNamesTest, EveryActionHasAText) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    int actions = 0;
    for (const QAction* action : window_.findChildren<QAction*>()) {
        if (action->isSeparator() || qobject_cast<const QWidgetAction*>(action)) continue;
        const QMenu* menu = action->menu();
        const auto isOfMenus = [](const QObject* place) {
            return qobject_cast<const QMenu*>(place) || qobject_cast<const QMenuBar*>(place);
        };
        // Nobody sees the name of a menu that hangs on a button or comes up under the pointer.
        if (menu && std::ranges::none_of(action->associatedObjects(), isOfMenus)) continue;
        EXPECT_FALSE(action->text().trimmed().isEmpty())
            << action->objectName().toStdString() << " of " << action->parent()->metaObject()->className()
            << ' ' << action->parent()->objectName().toStdString();
        ++actions;
    }
    EXPECT_GT(actions, 100);
}

TEST_F(AccessibleNamesTest, EveryButtonOfTheToolBarTellsItsKeys) {
    int withKeys = 0;
    for (const QAction* action : child<QToolBar>("MainToolBar")->actions()) {
        if (action->isSeparator() || qobject_cast<const QWidgetAction*>(action)) continue;
        EXPECT_FALSE(action->toolTip().isEmpty()) << action->objectName().toStdString();
        if (action->shortcuts().isEmpty()) continue;
        const QString keys = keysText(action->shortcuts());
        EXPECT_TRUE(action->toolTip().contains(keys)) << action->toolTip().toStdString();
        ++withKeys;
    }
    EXPECT_GT(withKeys, 15);
}

}  // namespace
}  // namespace finebrush
