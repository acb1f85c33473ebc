#pragma once

#include "core/session/labels/painted_values.h"

#include <QToolButton>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QFrame;

namespace finebrush {

class SessionBridge;
struct OpenedImage;

/// Says which raw values edits by hand may change, in short, and opens the fields that choose them: the
/// lowest, the highest and, where there are several, the band.
class PaintValuesBox : public QToolButton {
    Q_OBJECT

  public:
    explicit PaintValuesBox(SessionBridge& bridge, QWidget* parent = nullptr);

    void retranslate();

  protected:
    void initStyleOption(QStyleOptionToolButton* option) const override;

  private:
    void showFields();
    void follow();
    void describeRange();
    void fillBands(int chosen);
    /// Each end takes the other along where it would pass it.
    void chooseLow(double low);
    void chooseHigh(double high);

    SessionBridge& bridge_;
    QFrame* fields_;  ///< below the button; no menu, which would take for itself the Tab from field to field
    QFormLayout* form_;
    QDoubleSpinBox* low_;
    QDoubleSpinBox* high_;
    QComboBox* band_;
};

/// What is painted at first where no values were chosen yet: those that an image shows between black and
/// white, of its red.
PaintedValues usualPaintedValues(const OpenedImage& image);

}  // namespace finebrush
