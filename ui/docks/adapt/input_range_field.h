#pragma once

#include "core/messages/input_range.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace finebrush {

/// Chooses which raw values the model gets: how, and where that wants them two numbers; and, where images
/// have more than three bands, of which ones.
class InputRangeField : public QWidget {
    Q_OBJECT

  public:
    explicit InputRangeField(QWidget* parent = nullptr);

    InputRange range() const;
    /// Announces nothing.
    void setRange(const InputRange& range);
    /// How many bands there are to choose from.
    void setBandCount(int count);

  signals:
    /// The person chose something else.
    void changed();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    /// Shows the numbers that the kind wants.
    void followKind();
    InputRange::Kind kind() const;

    QComboBox* kind_;
    QDoubleSpinBox* first_;
    QDoubleSpinBox* second_;
    QCheckBox* eachBand_;
    QWidget* bandRow_;
    std::array<QSpinBox*, 3> bands_;
    int bandCount_ = 3;
};

}  // namespace finebrush
