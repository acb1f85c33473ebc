#pragma once

#include "core/messages/messages.h"

#include <QList>
#include <QWidget>

#include <string>

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
class StartField;
struct AdapterDescribed;

/// How to adapt: the method with what it does, the gate, and, folded away, the numbers. What a method does
/// not look at cannot be changed, nor what the adapter tells that it starts from.
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
    /// Chooses the adapter of a folder to start from, as a person does.
    void startFrom(const std::string& folder);
    /// Takes what that adapter says of itself: what it tells cannot be chosen any more.
    void describeStart(const AdapterDescribed& adapter);
    ModelField& modelField() { return *model_; }
    StartField& startField() { return *start_; }

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
    void followStart();
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
    StartField* start_;
    QFormLayout* basicForm_;
    QFormLayout* advancedForm_;
    LowRankFields* lowRank_ = nullptr;
    QList<QWidget*> fields_;
    int shownRank_ = 0;  ///< that belongs to the alpha that is shown
};

}  // namespace finebrush
