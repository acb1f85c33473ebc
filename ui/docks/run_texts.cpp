#include "ui/docks/run_texts.h"

#include "core/messages/adaptation_methods.h"
#include "ui/docks/adapt/method_texts.h"
#include "ui/docks/quantities.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
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

bool hasScores(const messages::Adapted& outcome) {
    return !std::isnan(outcome.previewScore) && !std::isnan(outcome.adaptedScore);
}

QString comparison(const messages::Adapted& outcome) {
    const bool keepsPreview = outcome.chosen == "preview";
    if (!hasScores(outcome)) {
        return keepsPreview ? translated(QT_TRANSLATE_NOOP("finebrush::Run",
                                                           "Too few strokes to hold some out; preview kept."))
                            : translated(QT_TRANSLATE_NOOP(
                                  "finebrush::Run", "Too few strokes to hold some out; adapted kept."));
    }
    const QString text =
        keepsPreview
            ? translated(QT_TRANSLATE_NOOP("finebrush::Run", "Preview %1, adapted %2; preview kept."))
            : translated(QT_TRANSLATE_NOOP("finebrush::Run", "Preview %1, adapted %2; adapted kept."));
    return text.arg(score(outcome.previewScore), score(outcome.adaptedScore));
}

QString effort(const AdaptationRun& run) {
    const QString text =
        run.outcome.stopped
            ? translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1, stopped after %2 steps, %3."))
            : translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1, %2 steps in %3."));
    return text.arg(methodName(run.settings.method))
        .arg(run.outcome.steps)
        .arg(durationText(run.outcome.seconds));
}

QString weights(const AdaptationRun& run) {
    return translated(QT_TRANSLATE_NOOP("finebrush::Run", "Trained weights: %1."))
        .arg(QLocale().toString(static_cast<qlonglong>(run.outcome.trainableParameters)));
}

QString start(const std::string& folder) {
    return translated(QT_TRANSLATE_NOOP("finebrush::Run", "Started from the adapter in “%1”."))
        .arg(QFileInfo(QString::fromStdString(folder)).fileName());
}

QString finishedText(const AdaptationRun& run) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(run.finishedAt), QLocale::ShortFormat);
}

}  // namespace

QString runTitle(const AdaptationRun& run) {
    QStringList parts;
    if (run.finishedAt > 0) parts << finishedText(run);
    parts << methodName(run.settings.method);
    if (run.outcome.chosen == messages::kImported) return parts.join(QStringLiteral(" · "));
    parts << translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1 steps")).arg(run.outcome.steps)
          << (run.outcome.chosen == "preview"
                  ? translated(QT_TRANSLATE_NOOP("finebrush::Run", "preview kept"))
                  : translated(QT_TRANSLATE_NOOP("finebrush::Run", "adapted kept")));
    return parts.join(QStringLiteral(" · "));
}

QString scoreText(const messages::Adapted& outcome) {
    if (!hasScores(outcome)) return translated(QT_TRANSLATE_NOOP("finebrush::Run", "No score"));
    const double kept = outcome.chosen == "preview" ? outcome.previewScore : outcome.adaptedScore;
    return translated(QT_TRANSLATE_NOOP("finebrush::Run", "Score %1 on held-out strokes")).arg(score(kept));
}

QString factsText(const AdaptationRun& run) {
    QStringList lines;
    if (run.outcome.chosen == messages::kImported) {
        lines << translated(QT_TRANSLATE_NOOP("finebrush::Run", "%1, imported; it was not trained here."))
                     .arg(methodName(run.settings.method));
    } else {
        lines << comparison(run.outcome) << effort(run) << weights(run);
        if (run.settings.start) lines << start(*run.settings.start);
    }
    if (run.finishedAt > 0) lines << finishedText(run);
    return lines.join(QLatin1Char('\n'));
}

}  // namespace finebrush
