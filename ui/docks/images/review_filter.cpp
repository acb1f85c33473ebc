#include "ui/docks/images/review_filter.h"

#include <QCoreApplication>

namespace finebrush {

namespace {

constexpr const char* kTexts[] = {QT_TRANSLATE_NOOP("finebrush::ReviewFilter", "Not started"),
                                  QT_TRANSLATE_NOOP("finebrush::ReviewFilter", "In progress"),
                                  QT_TRANSLATE_NOOP("finebrush::ReviewFilter", "To check"),
                                  QT_TRANSLATE_NOOP("finebrush::ReviewFilter", "Done")};

constexpr LabelProgress kAll[] = {LabelProgress::NotStarted, LabelProgress::InProgress,
                                  LabelProgress::ToCheck, LabelProgress::Done};

unsigned bitOf(LabelProgress progress) {
    return 1U << static_cast<unsigned>(progress);
}

constexpr unsigned kEvery = 0b1111;

}  // namespace

LabelProgress progressOf(ReviewState review, bool isLabelled) {
    switch (review) {
        case ReviewState::Done:
            return LabelProgress::Done;
        case ReviewState::ToCheck:
            return LabelProgress::ToCheck;
        case ReviewState::Open:
            break;
    }
    return isLabelled ? LabelProgress::InProgress : LabelProgress::NotStarted;
}

QString textOf(LabelProgress progress) {
    return QCoreApplication::translate("finebrush::ReviewFilter", kTexts[static_cast<size_t>(progress)]);
}

ReviewFilter::ReviewFilter(QWidget* parent) : ElidedComboBox(parent) {
    setObjectName(QStringLiteral("ReviewFilter"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // no list is wide for it
    // Each choice holds the bits of what it lets through.
    addItem(QString(), kEvery);
    addItem(QString(), kEvery & ~bitOf(LabelProgress::Done));
    for (const LabelProgress progress : kAll) addItem(QString(), bitOf(progress));
    retranslate();
}

bool ReviewFilter::accepts(LabelProgress progress) const {
    return currentData().toUInt() & bitOf(progress);
}

void ReviewFilter::retranslate() {
    setItemText(0, tr("All images"));
    setItemText(1, tr("Not done"));
    for (const LabelProgress progress : kAll) setItemText(2 + static_cast<int>(progress), textOf(progress));
    setAccessibleName(tr("Which images are listed"));
    setToolTip(tr("List only the images that are this far"));
}

}  // namespace finebrush
