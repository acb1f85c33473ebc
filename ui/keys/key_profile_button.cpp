#include "ui/keys/key_profile_button.h"

#include <QActionGroup>
#include <QEvent>
#include <QMenu>

namespace finebrush {

KeyProfileButton::KeyProfileButton(Preferences& preferences, QAction& editKeys, QWidget* parent)
    : QToolButton(parent), preferences_(preferences) {
    setObjectName(QStringLiteral("KeyProfileButton"));
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    auto* profiles = new QActionGroup(menu);
    for (const QString& title : keyProfileTitles()) {
        QAction* action = menu->addAction(title);
        action->setCheckable(true);
        profiles->addAction(action);
    }
    menu->addSeparator();
    menu->addAction(&editKeys);
    setMenu(menu);
    connect(profiles, &QActionGroup::triggered, this, [this, profiles](QAction* action) {
        preferences_.setKeyProfile(static_cast<KeyProfile>(profiles->actions().indexOf(action)));
    });
    connect(menu, &QMenu::aboutToShow, this, [this, profiles] {
        profiles->actions()[static_cast<int>(preferences_.keyProfile())]->setChecked(true);
    });
    connect(&preferences_, &Preferences::keyProfileChanged, this, &KeyProfileButton::retranslate);
    retranslate();
}

void KeyProfileButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolButton::changeEvent(event);
}

void KeyProfileButton::retranslate() {
    // A title may be a list of programs; the first stands for it where there is little room.
    const QString title = keyProfileTitles()[static_cast<int>(preferences_.keyProfile())];
    setText(tr("Keys: %1").arg(title.section(QStringLiteral(", "), 0, 0)));
    setToolTip(tr("Keys and mouse as in a program that you know"));
    setAccessibleName(text());
    setAccessibleDescription(toolTip());
}

}  // namespace finebrush
