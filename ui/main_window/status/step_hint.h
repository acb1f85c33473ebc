#pragma once

#include <QFrame>

#include <array>

class QAction;
class QLabel;
class QToolButton;

namespace finebrush {

class Preferences;
class Session;

/// What a person who starts for the first time needs, above the canvas: the three steps of the work, the next
/// one marked, and the choice of keys; where there is no room for all, the next step alone. The person can
/// close it for good.
class StepHint : public QFrame {
    Q_OBJECT

  public:
    /// What there is to do next: to paint until there are two classes to learn from, to adapt until there is
    /// a result and no adaptation that makes a better one.
    enum class Step { Paint, Adapt, Accept };

    /// `editKeys` opens the list of all keys.
    StepHint(Preferences& preferences, QAction& editKeys, QWidget* parent = nullptr);

    /// Shows itself where there are images, and marks what is next there.
    void follow(const Session& session);
    Step step() const { return step_; }

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void retranslate();
    /// Shows what there is room for.
    void fit();

    Preferences& preferences_;
    Step step_ = Step::Paint;
    bool lacksSecondClass_ = false;  ///< one class is painted, which is not enough to learn from
    std::array<QLabel*, 3> labels_;
    QToolButton* keys_;
    QToolButton* close_;
};

}  // namespace finebrush
