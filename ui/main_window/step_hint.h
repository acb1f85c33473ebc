#pragma once

#include <QFrame>

#include <array>

class QLabel;
class QToolButton;

namespace finebrush {

/// The three steps of the work above the canvas, the next one marked. The person can close it for good.
class StepHint : public QFrame {
    Q_OBJECT

  public:
    /// What there is to do next.
    enum class Step { Paint, Adapt, Accept };

    explicit StepHint(QWidget* parent = nullptr);

    void setStep(Step step);
    Step step() const { return step_; }

  signals:
    void closed();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    Step step_ = Step::Paint;
    std::array<QLabel*, 3> labels_;
    QToolButton* close_;
};

}  // namespace finebrush
