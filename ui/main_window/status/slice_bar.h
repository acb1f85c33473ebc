#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QSpinBox;

namespace finebrush {

class SessionBridge;

/// Below the canvas, where it shows a slice of a volume: which one, a slider to the others, and the frame of
/// a volume that has several.
class SliceBar : public QWidget {
    Q_OBJECT

  public:
    explicit SliceBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow();
    void showNumber(int index);
    void retranslate();

    SessionBridge& bridge_;
    QLabel* number_;
    QSlider* slider_;
    QLabel* frameName_;
    QSpinBox* frame_;
};

}  // namespace finebrush
