#pragma once

#include "core/messages/messages.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace finebrush {

/// How to adapt: method and gate, and, folded away, the numbers.
class AdaptOptions : public QWidget {
    Q_OBJECT

  public:
    explicit AdaptOptions(QWidget* parent = nullptr);

    /// Device and threads are not chosen here and keep their defaults.
    messages::AdaptationSettings settings() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void buildAdvanced();
    void unfold(bool unfolded);

    QComboBox* method_;
    QComboBox* gate_;
    QToolButton* fold_;
    QWidget* advanced_;
    QSpinBox* rank_;
    QSpinBox* experts_;
    QSpinBox* steps_;
    QDoubleSpinBox* minutes_;
    QDoubleSpinBox* scale_;
    QSpinBox* seed_;
    QFormLayout* basicForm_;
    QFormLayout* advancedForm_;
};

}  // namespace finebrush
