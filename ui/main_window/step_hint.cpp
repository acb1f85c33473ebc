#include "ui/main_window/step_hint.h"

#include "ui/settings/icons.h"
#include "ui/settings/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace finebrush {

StepHint::StepHint(QWidget* parent) : QFrame(parent), close_(new QToolButton) {
    setObjectName(QStringLiteral("StepHint"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 4, 4);
    layout->setSpacing(18);
    for (size_t i = 0; i < labels_.size(); ++i) {
        labels_[i] = new QLabel;
        labels_[i]->setObjectName(QStringLiteral("Step%1").arg(i + 1));
        layout->addWidget(labels_[i]);
    }
    layout->addStretch();
    close_->setObjectName(QStringLiteral("CloseSteps"));
    close_->setIcon(themedIcon(QStringLiteral("close")));
    layout->addWidget(close_);
    connect(close_, &QToolButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    retranslate();
}

void StepHint::setStep(Step step) {
    if (step == step_) return;
    step_ = step;
    retranslate();
}

void StepHint::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) retranslate();
    QFrame::changeEvent(event);
}

void StepHint::retranslate() {
    const std::array<QString, 3> texts = {tr("1  Paint a few strokes per class"), tr("2  Press Adapt"),
                                          tr("3  Accept or export")};
    const ThemeColours& colours = themeColours(palette());
    for (size_t i = 0; i < texts.size(); ++i) {
        const bool next = i == static_cast<size_t>(step_);
        QPalette palette = labels_[i]->palette();
        palette.setColor(QPalette::WindowText, next ? colours.link : colours.mutedText);
        labels_[i]->setPalette(palette);
        QFont font = labels_[i]->font();
        font.setBold(next);
        labels_[i]->setFont(font);
        labels_[i]->setText(texts[i]);
    }
    close_->setToolTip(tr("Do not show these steps again"));
    close_->setAccessibleName(tr("Close the steps"));
}

}  // namespace finebrush
