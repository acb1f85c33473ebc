#pragma once

#include <QWidget>

namespace finebrush {

/// The line between the two halves of a comparison, to be dragged over its parent from side to side.
class SplitHandle : public QWidget {
    Q_OBJECT

  public:
    explicit SplitHandle(QWidget* parent);

    /// Where the line is, in px of the parent.
    int place() const { return qRound(part_ * parentWidget()->width()); }
    /// Puts the handle where it belongs after its parent has another size.
    void follow();

  signals:
    void moved();
    void entered();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void moveTo(double part);
    void retranslate();

    double part_ = 0.5;  ///< of the parent's width
};

}  // namespace finebrush
