#pragma once

#include "core/messages/input_range.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace finebrush {

/// Chooses which raw values the model gets: how, and where that wants them two numbers.
class InputRangeField : public QWidget {
    Q_OBJECT

  public:
    explicit InputRangeField(QWidget* parent = nullptr);

    InputRange range() const;
    /// Announces nothing.
    void setRange(const InputRange& range);

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
};

}  // namespace finebrush
