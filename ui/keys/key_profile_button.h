#pragma once

#include "ui/settings/preferences.h"

#include <QToolButton>

class QAction;

namespace finebrush {

/// Says after which program the keys are named, and lets the person choose another: one click away for
/// somebody who starts the window for the first time with keys of another program in the fingers.
class KeyProfileButton : public QToolButton {
    Q_OBJECT

  public:
    /// `editKeys` opens the list of all keys, and ends the menu.
    KeyProfileButton(Preferences& preferences, QAction& editKeys, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    Preferences& preferences_;
};

}  // namespace finebrush
