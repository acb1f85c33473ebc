#include "ui/docks/run_texts.h"

#include "ui/docks/durations.h"
#include "ui/docks/method_texts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace finebrush {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("finebrush::Run", text);
}

QString score(double value) {
    return QLocale().toString(value, 'f', 2);
}

}  // namespace

QString scoreText(const messages::Adapted& outcome) {
    if (std::isnan(outcome.previewScore) || std::isnan(outcome.adaptedScore)) {
        return translated(
            QT_TRANSLATE_NOOP("finebrush::Run", "No score: there were too few strokes to hold some out."));
    }
    const QString scores =
        translated(QT_TRANSLATE_NOOP("finebrush::Run",
                                     "Score on held-out strokes (mean IoU): preview %1, adapted %2."))
            .arg(score(outcome.previewScore), score(outcome.adaptedScore));
    const QString kept =
        outcome.chosen == "preview"
            ? translated(QT_TRANSLATE_NOOP("finebrush::Run", "The preview did better and is kept."))
            : translated(QT_TRANSLATE_NOOP("finebrush::Run", "The adapted model is kept."));
    return scores + QLatin1Char(' ') + kept;
}

QString factsText(const AdaptationRun& run) {
    const messages::Adapted& outcome = run.outcome;
    const QString done =
        outcome.stopped
            ? translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1, stopped after %2 steps and %3."))
            : translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1, %2 steps in %3."));
    QString text =
        done.arg(methodName(run.settings.method)).arg(outcome.steps).arg(durationText(outcome.seconds));
    text +=
        QLatin1Char(' ') + translated(QT_TRANSLATE_NOOP("finebrush::Run", "Trained weights: %1."))
                               .arg(QLocale().toString(static_cast<qlonglong>(outcome.trainableParameters)));
    if (run.finishedAt > 0) {
        const QDateTime finished = QDateTime::fromSecsSinceEpoch(run.finishedAt);
        text += QLatin1Char('\n') + QLocale().toString(finished, QLocale::ShortFormat);
    }
    return text;
}

}  // namespace finebrush
