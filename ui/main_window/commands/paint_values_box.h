#pragma once

#include "core/session/labels/painted_values.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace finebrush {

class SessionBridge;
struct OpenedImage;

/// Chooses which raw values edits by hand may change: the lowest, the highest and, where there are several,
/// the band.
class PaintValuesBox : public QWidget {
    Q_OBJECT

  public:
    explicit PaintValuesBox(SessionBridge& bridge, QWidget* parent = nullptr);

    void retranslate();

  private:
    void follow();
    void fillBands(int chosen);
    /// Each end takes the other along where it would pass it.
    void chooseLow(double low);
    void chooseHigh(double high);

    SessionBridge& bridge_;
    QDoubleSpinBox* low_;
    QDoubleSpinBox* high_;
    QComboBox* band_;
};

/// What is painted at first where no values were chosen yet: those that an image shows between black and
/// white, of its red.
PaintedValues usualPaintedValues(const OpenedImage& image);

}  // namespace finebrush
