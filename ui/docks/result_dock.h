#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;

namespace finebrush {

class ElidedComboBox;
class SessionBridge;

/// How the last adaptation went, or an earlier one, how labels and prediction are shown, and taking the
/// prediction over as labels.
class ResultDock : public Dock {
    Q_OBJECT

  public:
    ResultDock(SessionBridge& bridge, QWidget* parent = nullptr);

    /// 0..1.
    double labelOpacity() const;
    double predictionOpacity() const;
    void setOpacities(double labels, double prediction);
    void accept();
    /// Puts a command at hand: to go to the next place where the model is unsure.
    void offer(QAction& nextPlace);

  signals:
    void opacityChanged();

  protected:
    void retranslate() override;

  private:
    struct OpacityRow {
        QLabel* name;
        QSlider* slider;
        QLabel* percent;
    };

    OpacityRow makeOpacityRow(const QString& objectName, int percent);
    void describe(const OpacityRow& row, const QString& name);
    void followPrediction();
    void followRun();
    /// Lists the adaptations where there are several.
    void listRuns();

    SessionBridge& bridge_;
    QLabel* runsName_;
    ElidedComboBox* runs_;
    QLabel* score_;
    QLabel* facts_;
    OpacityRow labels_;
    OpacityRow prediction_;
    QCheckBox* overPainted_;
    QPushButton* accept_;
    QPushButton* nextPlace_;
};

}  // namespace finebrush
