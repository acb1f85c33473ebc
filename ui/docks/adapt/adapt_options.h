#pragma once

#include "core/messages/messages.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace finebrush {

class InputRangeField;
class LowRankFields;
class ModelField;

/// How to adapt: the method with what it does, the gate, and, folded away, the numbers. What a method does
/// not look at cannot be changed.
class AdaptOptions : public QWidget {
    Q_OBJECT

  public:
    explicit AdaptOptions(QWidget* parent = nullptr);

    /// Device and threads are not chosen here and keep their defaults.
    messages::AdaptationSettings settings() const;
    /// Shows what was chosen before; announces nothing.
    void setSettings(const messages::AdaptationSettings& settings);
    /// How many bands the model can be shown.
    void setBandCount(int count);
    ModelField& modelField() { return *model_; }

  signals:
    /// The person chose something else.
    void changed();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void retranslateAdvanced();
    void buildBasic();
    void buildAdvanced();
    void layOut();
    void connectFields();
    void unfold(bool unfolded);
    void choose(const messages::AdaptationSettings& settings);
    /// Keeps alpha / rank, and so the weight of the adapter's output, as it is.
    void followRank(int rank);
    void followMethod();
    void followModel();
    /// Whether the model can look at images at another scale; true while nothing is known of it.
    bool hasWorkingScale() const;
    std::string method() const;

    ModelField* model_;
    QComboBox* method_;
    QLabel* description_;
    QComboBox* gate_;
    QToolButton* fold_;
    QPushButton* recipe_;
    QPushButton* paper_;
    QWidget* advanced_;
    QSpinBox* rank_;
    QDoubleSpinBox* alpha_;
    QSpinBox* steps_;
    QDoubleSpinBox* minutes_;
    QComboBox* loss_;
    QComboBox* keep_;
    QSpinBox* queries_;
    QComboBox* inputSize_;
    QDoubleSpinBox* scale_;
    QSpinBox* seed_;
    InputRangeField* inputRange_;
    QFormLayout* basicForm_;
    QFormLayout* advancedForm_;
    LowRankFields* lowRank_ = nullptr;
    QList<QWidget*> fields_;
    int shownRank_ = 0;  ///< that belongs to the alpha that is shown
};

}  // namespace finebrush
