#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace finebrush {

class Preferences;

/// What the canvas says while no image is open: how to begin, and with the keys of which program. Lies over
/// the canvas.
class EmptyHint : public QWidget {
    Q_OBJECT

  public:
    /// `editKeys` opens the list of all keys.
    EmptyHint(Preferences& preferences, QAction& editKeys, QWidget* parent = nullptr);

  signals:
    void openRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    QLabel* icon_;
    QLabel* title_;
    QLabel* steps_;
    QPushButton* open_;
};

}  // namespace finebrush
