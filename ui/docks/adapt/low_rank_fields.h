#pragma once

#include "core/messages/adaptation_methods.h"
#include "core/messages/messages.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QCheckBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace finebrush {

/// The rows of a form that say where low-rank adapters are put and what their experts are: the scales, how
/// many the gate keeps, how it is balanced, and which projections of which blocks.
class LowRankFields : public QObject {
    Q_OBJECT

  public:
    /// Adds the rows to `form`; its widget owns the fields.
    LowRankFields(QFormLayout& form, QObject* parent);

    /// Puts what is chosen into settings, ...
    void write(messages::AdaptationSettings& settings) const;
    /// ... and shows what they hold.
    void show(const messages::AdaptationSettings& settings);
    /// Lets only what there is to choose be changed.
    void follow(const std::function<bool(messages::MethodSetting)>& canBeChosen);
    void retranslate();

    /// Those that a turn of the wheel could change.
    QList<QWidget*> spinBoxes() const;

  signals:
    /// The person chose something else.
    void changed();

  private:
    void takeScales();
    void followExperts(int count);
    void keepOneProjection(QCheckBox* box);
    std::string projections() const;

    QFormLayout& form_;
    QSpinBox* experts_;
    QLineEdit* scales_;
    QSpinBox* kept_;
    QDoubleSpinBox* balance_;
    QWidget* projectionRow_;
    QList<QCheckBox*> projections_;
    QSpinBox* blocks_;
    QString shownScales_;  ///< that were found to be right
};

}  // namespace finebrush
