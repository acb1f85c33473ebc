#include "ui/main_window/status/prediction_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/quantities.h"

#include <QProgressBar>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr int kSteps = 1000;

}  // namespace

PredictionBar::PredictionBar(SessionBridge& bridge, QWidget* parent)
    : WorkBar(
          QStringLiteral("PredictionBar"), QStringLiteral("Predictions"),
          [&bridge] { bridge.session().stopPredictingAll(); }, parent) {
    bar().setRange(0, kSteps);
    connect(&bridge, &SessionBridge::predictionWorkChanged, this, &PredictionBar::follow);
    retranslate();
}

void PredictionBar::follow(const PredictionWork& work) {
    work_ = work;
    bar().setValue(static_cast<int>(std::lround(work.fraction * kSteps)));
    setRunning(work.isRunning);
    retranslate();
}

WorkBar::Texts PredictionBar::texts() const {
    QString what = tr("Predicting all images");
    if (work_.total > 0) {
        const int image = std::min(work_.done + 1, work_.total);
        what = work_.secondsLeft ? tr("Predicting image %1 of %2 — about %3 left")
                                       .arg(QString::number(image), QString::number(work_.total),
                                            roughDurationText(*work_.secondsLeft))
                                 : tr("Predicting image %1 of %2").arg(image).arg(work_.total);
    }
    return {what,
            tr("Each image that the model has not predicted yet is predicted while there is nothing else to "
               "do; you can go on working"),
            tr("Stop predicting"), tr("Stop; what is predicted stays, and the rest can be predicted later")};
}

}  // namespace finebrush
