#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace finebrush {

/// What the canvas says while no image is open: how to begin. Lies over the canvas.
class EmptyHint : public QWidget {
    Q_OBJECT

  public:
    explicit EmptyHint(QWidget* parent = nullptr);

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
